package dev.understudy.store;

/** The contract on the model: that it is the same contract is what makes the model one. */
final class ModelEntityStoreTest implements EntityStoreContract {
    private final EntityStore store = new ModelEntityStore(Contoso.CATALOG, "europe");

    @Override
    public EntityStore store() {
        return store;
    }
}

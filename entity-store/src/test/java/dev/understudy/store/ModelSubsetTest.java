package dev.understudy.store;

import dev.understudy.store.subset.SubsetStore;

/** The contract of subsets on the model. */
final class ModelSubsetTest implements SubsetContract {
    private final ModelEntityStore model = new ModelEntityStore(CATALOG, "europe");

    @Override
    public EntityStore store() {
        return new SubsetStore(model, model::withdraw, CATALOG);
    }
}

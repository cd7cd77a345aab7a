package dev.understudy.store;

/** What every entity store does: the model and PostgreSQL run the same. */
interface EntityStoreContract
        extends ApplyContract,
                OwnerContract,
                ReadContract,
                AlternateKeyContract,
                HandOverContract {}

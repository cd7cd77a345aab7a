package dev.understudy.store;

/** How a batch of few rows comes to the database. */
enum BatchWay {
    BOUND,
    COPIED;

    StoreOptions options() {
        return switch (this) {
            case BOUND -> StoreOptions.defaults();
            case COPIED -> StoreOptions.defaults().withBatches(1, 0, 1);
        };
    }
}

package dev.understudy.instance.write;

import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import java.util.List;
import java.util.Optional;

/**
 * A step of the write pipeline: a bean of one of the three stages, or one that is deferred. A step
 * that refuses undoes the whole write. Steps of a stage run in ascending order.
 */
public sealed interface WriteStep {
    /** Place among the steps of its stage; the placeholder step has 0. */
    default int order() {
        return 0;
    }

    /** Before any transaction. */
    non-sealed interface PreValidation extends WriteStep {
        /** Empty to go on. */
        Optional<Refusal> check(WriteRequest request);
    }

    /** Inside the transaction, before the row is saved; may run again if a race was lost. */
    non-sealed interface PreOperation extends WriteStep {
        /** Empty to go on. */
        Optional<Refusal> before(Operation operation);

        /** The same of writes of different entities in one transaction. */
        default Optional<Refusal> beforeAll(List<Operation> operations) {
            return operations.stream().map(this::before).flatMap(Optional::stream).findFirst();
        }
    }

    /**
     * Inside the transaction, after the row was handed to it: the database has it as soon as the
     * step asks the transaction for anything, at the latest before the commit. May run again if a
     * race was lost, and before the write is refused by the database.
     */
    non-sealed interface PostOperation extends WriteStep {
        /** Empty to commit. */
        Optional<Refusal> after(Operation operation);

        /** The same of writes of different entities in one transaction. */
        default Optional<Refusal> afterAll(List<Operation> operations) {
            return operations.stream().map(this::after).flatMap(Optional::stream).findFirst();
        }
    }

    /**
     * After the commit, once the entity and all that it refers to are hydrated, however long that
     * takes: in a transaction of its own, once for a write that it concerns, or for several of one
     * entity before it ran. It waits in the database, and so survives restarts.
     */
    non-sealed interface Deferred extends WriteStep {
        /** Stable, since what waits is noted under it. */
        String name();

        /** Whether it is to follow a write, in whose transaction this is asked. */
        boolean concerns(Operation operation);

        /**
         * Does it. After an exception nothing of it is done, and it runs again later.
         *
         * @param row the entity as it is now, locked
         */
        void run(StoreTransaction transaction, EntityRow row);
    }
}

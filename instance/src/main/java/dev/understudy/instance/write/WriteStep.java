package dev.understudy.instance.write;

import java.util.List;
import java.util.Optional;

/**
 * A step of the write pipeline: a bean of one of the three stages. A step that refuses undoes the
 * whole write. Steps of a stage run in ascending order.
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
    }
}

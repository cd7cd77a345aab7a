package dev.understudy.instance.write;

import java.util.List;
import java.util.Optional;

/** Steps that only note that they ran. */
final class Traced {
    private Traced() {}

    record Check(String name, int order, List<String> trace) implements WriteStep.PreValidation {
        @Override
        public Optional<Refusal> check(WriteRequest request) {
            trace.add(name);
            return Optional.empty();
        }
    }

    record Before(String name, int order, List<String> trace) implements WriteStep.PreOperation {
        @Override
        public Optional<Refusal> before(Operation operation) {
            trace.add(name);
            return Optional.empty();
        }
    }

    record After(String name, int order, List<String> trace) implements WriteStep.PostOperation {
        @Override
        public Optional<Refusal> after(Operation operation) {
            long version = operation.after().version().number();
            trace.add(name + " at " + version);
            return Optional.empty();
        }
    }
}

package dev.understudy.instance.web;

import dev.understudy.instance.write.WriteRequest;
import java.util.function.Supplier;

/**
 * A write that a request asks for.
 *
 * @param request looks up who is meant, if it is named by an alternate key: at each call
 * @param naming how the entity is named
 */
record PlannedWrite(Supplier<WriteRequest> request, Naming naming) {
    /** How the entity that is written is named. */
    enum Naming {
        BY_KEY,
        BY_ALTERNATE_KEY
    }

    static PlannedWrite of(WriteRequest request) {
        return new PlannedWrite(() -> request, Naming.BY_KEY);
    }
}

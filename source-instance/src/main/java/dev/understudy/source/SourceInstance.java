package dev.understudy.source;

import dev.understudy.instance.InstanceApplication;

/** The owner of reference data. */
public final class SourceInstance {
    private SourceInstance() {}

    public static void main(String[] arguments) {
        InstanceApplication.run(SourceInstance.class, arguments);
    }
}

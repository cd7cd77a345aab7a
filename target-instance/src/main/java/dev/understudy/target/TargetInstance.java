package dev.understudy.target;

import dev.understudy.instance.InstanceApplication;

/** The owner of dependent data, and holder of replicas of what it refers to. */
public final class TargetInstance {
    private TargetInstance() {}

    public static void main(String[] arguments) {
        InstanceApplication.run(TargetInstance.class, arguments);
    }
}

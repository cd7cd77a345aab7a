package dev.understudy.service;

import jakarta.inject.Singleton;

/** Ends the process as a start does that fails at once. */
@Singleton
final class ProcessEnd implements FailedStart {
    @Override
    public void end(RuntimeException failure) {
        ServiceStart.say(failure);
        // Not on the caller's thread, for which the beans wait when they are closed.
        var _ = Thread.ofPlatform().daemon().name("failed-start").start(() -> System.exit(1));
    }
}

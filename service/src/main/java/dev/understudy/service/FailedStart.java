package dev.understudy.service;

/**
 * What is done about a fault that is found only after the service began to start, because a part
 * was away, and that needs a person.
 */
@FunctionalInterface
public interface FailedStart {
    /** Takes note; returns at once. */
    void end(RuntimeException failure);
}

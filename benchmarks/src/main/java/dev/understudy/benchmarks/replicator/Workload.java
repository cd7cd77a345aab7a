package dev.understudy.benchmarks.replicator;

import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The same accounts in every run: first all of them new, then all of them changed. One in ten is a
 * parent, each of the others has one of these.
 *
 * @param owner whose entities they are, which names their topic
 * @param first events in the order they are published
 * @param second the next change of each of these, in the same order
 */
record Workload(String owner, List<ChangeEvent> first, List<ChangeEvent> second) {
    private static final long SHUFFLE_SEED = 42;

    Workload {
        first = List.copyOf(first);
        second = List.copyOf(second);
    }

    /** In which order a parent and its children are published. */
    enum Order {
        /** Anyhow, as entities of several partitions come. */
        SHUFFLED("us"),
        /** Every child before its parent. */
        CHILDREN_FIRST("late");

        private final String owner;

        Order(String owner) {
            this.owner = owner;
        }

        String owner() {
            return owner;
        }
    }

    static Workload of(int rows, Order order) {
        Accounts accounts = new Accounts(rows / 10);
        List<Integer> indexes = new ArrayList<>();
        for (int index = rows - 1; index >= 0; index--) {
            indexes.add(index);
        }
        switch (order) {
            case SHUFFLED -> Collections.shuffle(indexes, new Random(SHUFFLE_SEED));
            case CHILDREN_FIRST ->
                    Collections.shuffle(
                            indexes.subList(0, rows - accounts.parents()),
                            new Random(SHUFFLE_SEED));
        }
        return new Workload(
                order.owner(),
                events(accounts, indexes, 1, order.owner()),
                events(accounts, indexes, 2, order.owner()));
    }

    int rows() {
        return first.size();
    }

    String topic() {
        return first.getFirst().topic();
    }

    private static List<ChangeEvent> events(
            Accounts accounts, List<Integer> indexes, long version, String owner) {
        List<ChangeEvent> events = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            ChangeEvent event = accounts.event(index, version);
            ChangeMetadata metadata = event.metadata();
            events.add(
                    new ChangeEvent(
                            event.key(),
                            event.content(),
                            new ChangeMetadata(
                                    owner,
                                    metadata.kind(),
                                    metadata.version(),
                                    metadata.position(),
                                    metadata.time(),
                                    metadata.traceparent())));
        }
        return events;
    }
}

package dev.understudy.store.history;

import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.StoreTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows that writers were told are committed, in an order in which they can have happened: a
 * number is drawn after a row was saved and before its commit, so that of two writes that cannot
 * both be under way, by a row or by an alternate key, the earlier has the lower number.
 */
final class Ledger {
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<Entry> committed = new ConcurrentLinkedQueue<>();

    private record Entry(long number, EntityRow row) {}

    private record Written<T>(T result, List<Entry> entries) {}

    List<EntityRow> rows() {
        return committed.stream()
                .sorted(Comparator.comparingLong(Entry::number))
                .map(Entry::row)
                .toList();
    }

    /** The same store, whose writes are noted here. */
    EntityStore noting(EntityStore store) {
        return (EntityStore)
                Proxy.newProxyInstance(
                        Ledger.class.getClassLoader(),
                        new Class<?>[] {EntityStore.class},
                        (_, method, arguments) ->
                                method.getName().equals("write")
                                        ? write(
                                                store,
                                                (EntityStore.TransactionWork<?>) arguments[0])
                                        : invoke(method, store, arguments));
    }

    /** Notes what was saved by the attempt that was committed. */
    private <T> T write(EntityStore store, EntityStore.TransactionWork<T> work) {
        Written<T> written =
                store.write(transaction -> {
                    List<Entry> entries = new ArrayList<>();
                    return new Written<>(work.run(noting(transaction, entries)), entries);
                });
        committed.addAll(written.entries());
        return written.result();
    }

    private StoreTransaction noting(StoreTransaction transaction, List<Entry> entries) {
        return (StoreTransaction)
                Proxy.newProxyInstance(
                        Ledger.class.getClassLoader(),
                        new Class<?>[] {StoreTransaction.class},
                        (_, method, arguments) -> {
                            Object result = invoke(method, transaction, arguments);
                            if (method.getName().equals("save")) {
                                // Whatever waits goes along with the next look.
                                transaction.states(List.of());
                                EntityRow row = (EntityRow) arguments[0];
                                entries.add(new Entry(numbers.incrementAndGet(), row));
                            }
                            return result;
                        });
    }

    private static Object invoke(Method method, Object target, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

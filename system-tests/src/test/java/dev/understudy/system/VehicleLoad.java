package dev.understudy.system;

import dev.understudy.chaos.time.Polling;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * One client that updates vehicles by turns at several processes of their owner, each with the
 * fields that it knows; what one of them does not take goes to the next.
 */
final class VehicleLoad implements AutoCloseable {
    /** Odd, so that each vehicle is written by turns, too. */
    private static final int VEHICLES = 19;

    /** Leaves a processor to what starts meanwhile. */
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(10);

    private final List<Owner> owners = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> written = new TreeMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Thread thread = Thread.ofPlatform().name("vehicles").unstarted(this::run);
    private volatile boolean stopped;

    private record Owner(PlainClient client, List<String> fields) {}

    void start() {
        thread.start();
    }

    /** Writes also there, with these fields. */
    void to(URI process, List<String> fields) {
        owners.add(new Owner(new PlainClient(process), List.copyOf(fields)));
    }

    /** Writes there no more; one that is being sent has been answered. */
    void noMoreTo(URI process) {
        pause();
        owners.removeIf(one -> one.client().base().equals(process));
        resume();
    }

    void pause() {
        writing.lock();
    }

    void resume() {
        writing.unlock();
    }

    void awaitAccepted(int more) throws Exception {
        long enough = accepted.get() + more;
        Eventually.holds(
                "more vehicles are written; refused: " + refused,
                Duration.ofSeconds(60),
                () -> accepted.get() >= enough);
    }

    /** The values of these fields that were accepted last; only while it is paused. */
    Map<String, List<String>> vehicles(List<String> fields) {
        Map<String, List<String>> vehicles = new TreeMap<>();
        written.forEach((plate, values) ->
                vehicles.put(
                        plate,
                        Arrays.asList(fields.stream().map(values::get).toArray(String[]::new))));
        return vehicles;
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        stopped = true;
        if (thread.isAlive()) {
            Polling.ends(thread);
        }
    }

    private void run() {
        for (int number = 0; !stopped; number++) {
            writing.lock();
            try {
                write("P-" + number % VEHICLES, number);
            } finally {
                writing.unlock();
            }
            Polling.pause(BETWEEN_WRITES);
        }
    }

    private void write(String plate, int number) {
        List<Owner> turn = new ArrayList<>(owners);
        Collections.rotate(turn, number);
        List<String> answers = new ArrayList<>();
        for (Owner process : turn) {
            Map<String, String> values = new LinkedHashMap<>();
            process.fields().forEach(field -> values.put(field, field + number));
            String answer = send(process.client(), plate, values);
            if (answer.equals("204")) {
                written.computeIfAbsent(plate, _ -> new HashMap<>()).putAll(values);
                accepted.incrementAndGet();
                return;
            }
            answers.add(answer);
        }
        refused.add(plate + ": " + answers);
    }

    private static String send(PlainClient client, String plate, Map<String, String> values) {
        String body =
                values.entrySet().stream()
                        .map(value -> "\"%s\": \"%s\"".formatted(value.getKey(), value.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        try {
            var answer = client.send("PATCH", "/api/data/v1.0/vehicles('" + plate + "')", body);
            return answer.statusCode() == 204 ? "204" : answer.statusCode() + answer.body();
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

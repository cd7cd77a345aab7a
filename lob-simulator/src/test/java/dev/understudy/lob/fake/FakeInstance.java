package dev.understudy.lob.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instance that keeps its rows in memory and speaks the HTTP contract on a free port of the
 * loopback.
 */
public final class FakeInstance implements AutoCloseable {

    private static final String BASE = "/api/data/v1.0/";
    private static final Pattern TARGET = Pattern.compile("(\\w+)(?:\\(([0-9a-f-]{36})\\))?");
    private static final int PAGE_SIZE = 7;

    static {
        // Else the server waits 40 ms for an acknowledgement before it sends an answer's body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final FakeStore store;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Function<URI, Answer>> prepared = new ArrayDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    private final Map<String, Answer> refusals = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private FakeInstance(Set<String> owned) {
        store = new FakeStore(owned);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static FakeInstance source() {
        return new FakeInstance(Set.of("accounts", "contacts"));
    }

    public static FakeInstance target() {
        return new FakeInstance(Set.of("tickets"));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void rejectMissing(boolean reject) {
        store.rejectMissing(reject);
    }

    /** Takes over everything that the owner has now of its entity sets. */
    public void replicateFrom(FakeInstance owner) {
        owner.store.owned().forEach(set -> store.replicate(owner.store, set));
    }

    public void forget(String set, UUID id) {
        store.delete(set, id);
    }

    /** Answers the next request like this, whatever it is. */
    public synchronized void next(Function<URI, Answer> answer) {
        prepared.add(answer);
    }

    public void dropNext() {
        next(_ -> Answer.DROP);
    }

    /** Answers every request whose body has this text like this. */
    public void refuse(String text, int status, String code, String message) {
        refusals.put(text, Answer.error(status, code, message));
    }

    /** Lets requests in, but answers none until they are released. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        gate.countDown();
    }

    /** The rows of a set that are not placeholders. */
    public int hydrated(String set) {
        return store.hydrated(set);
    }

    public int requests() {
        return requests.get();
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    private synchronized Function<URI, Answer> prepared(HttpExchange exchange, String body) {
        Function<URI, Answer> next = prepared.poll();
        return next != null ? next : _ -> answer(exchange, body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            awaitRelease();
            Answer answer = prepared(exchange, body).apply(exchange.getRequestURI());
            running.decrementAndGet();
            if (!answer.equals(Answer.DROP)) {
                send(exchange, answer);
            }
        }
    }

    private void awaitRelease() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer answer(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        Matcher target = TARGET.matcher(uri.getPath().substring(BASE.length()));
        if (!target.matches()) {
            return Answer.error(404, "UnknownEntitySet", uri.getPath());
        }
        for (Map.Entry<String, Answer> refusal : refusals.entrySet()) {
            if (body.contains(refusal.getKey())) {
                return refusal.getValue();
            }
        }
        String set = target.group(1);
        String method = exchange.getRequestMethod();
        ObjectNode json = json(body);
        String id =
                "POST".equals(method)
                        ? json.path(FakeStore.keyField(set)).asText()
                        : target.group(2);
        return switch (method) {
            case "GET" ->
                    id == null
                            ? store.page(set, after(uri), PAGE_SIZE, url() + BASE)
                            : store.read(set, UUID.fromString(id));
            case "DELETE" -> store.delete(set, UUID.fromString(id));
            default -> {
                Answer answer = store.write(method, set, UUID.fromString(id), json);
                yield answer.equals(Answer.NO_CONTENT) && wantsRepresentation(exchange)
                        ? new Answer(201, store.read(set, UUID.fromString(id)).body())
                        : answer;
            }
        };
    }

    private static boolean wantsRepresentation(HttpExchange exchange) {
        return "return=representation".equals(exchange.getRequestHeaders().getFirst("Prefer"));
    }

    private ObjectNode json(String body) {
        try {
            return body.isEmpty() ? mapper.createObjectNode() : (ObjectNode) mapper.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }

    private static String after(URI uri) {
        return uri.getQuery() == null ? "" : uri.getQuery().substring("after=".length());
    }

    /** Stops answering; what was kept is lost. */
    @Override
    public void close() {
        release();
        server.stop(0);
        threads.close();
    }
}

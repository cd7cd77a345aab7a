package dev.understudy.benchmarks.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * An instance as it is shipped, which also takes orders to write within its process. Where
 * publishing is disabled its changes go nowhere, so that this is for measuring only.
 */
public final class MeasuredInstance {
    private MeasuredInstance() {}

    /** What is left of publishing without it. */
    private static final class Nowhere implements ChangePublication {
        @Override
        public void publish(
                StoreTransaction transaction,
                EntityRow row,
                EntityContent eventContent,
                Optional<String> traceparent) {}
    }

    /**
     * Runs until the process is ended.
     *
     * @param arguments the port for orders, and the instance's main class
     */
    public static void main(String[] arguments) throws Exception {
        ApplicationContext context =
                ApplicationContext.builder()
                        .mainClass(Class.forName(arguments[1]))
                        .banner(false)
                        .build();
        if ("false".equals(System.getenv("UNDERSTUDY_PUBLISHING_ENABLED"))) {
            context.registerSingleton(ChangePublication.class, new Nowhere());
        }
        context.start();
        context.getBean(EmbeddedServer.class).start();
        InetSocketAddress orders =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(orders, 0);
        server.createContext("/", exchange -> answer(context, exchange));
        server.start();
    }

    private static void answer(ApplicationContext context, HttpExchange exchange)
            throws IOException {
        int status = 200;
        String answer;
        try {
            answer = run(context, exchange.getRequestURI().getPath()).text();
        } catch (InterruptedException | RuntimeException e) {
            status = 500;
            answer = e.toString();
        }
        byte[] bytes = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** {@code /how/clients/milliseconds/work}. */
    private static Load run(ApplicationContext context, String path) throws InterruptedException {
        String[] parts = path.split("/", -1);
        Work work = Work.parse(parts, 4);
        Client.Maker clients =
                switch (parts[1]) {
                    case "pipeline" ->
                            DirectWrites.pipeline(context.getBean(WritePipeline.class), work);
                    case "insert" -> DirectWrites.insert(context.getBean(DataSource.class), work);
                    default -> throw new IllegalArgumentException(path);
                };
        return new Clients(Integer.parseInt(parts[2]), clients)
                .closed(Duration.ofMillis(Long.parseLong(parts[3])));
    }
}

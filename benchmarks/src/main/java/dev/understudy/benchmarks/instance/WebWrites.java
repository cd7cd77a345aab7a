package dev.understudy.benchmarks.instance;

import dev.understudy.schemas.model.EntityContent;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Writes over HTTP, through a connection that is kept. */
final class WebWrites implements Client {
    private final HttpConnection connection;
    private final Work work;
    private final Requests requests;
    private final int rows;
    private final IntConsumer before;

    private WebWrites(
            HttpConnection connection, Work work, Requests requests, int rows, IntConsumer before) {
        this.connection = connection;
        this.work = work;
        this.requests = requests;
        this.rows = rows;
        this.before = before;
    }

    /** One entity each. */
    static Client.Maker single(URI service, Work work) {
        return single(service, work, _ -> {});
    }

    /**
     * One entity each.
     *
     * @param before told of the number of each, just before it is written
     */
    static Client.Maker single(URI service, Work work, IntConsumer before) {
        return () -> new WebWrites(new HttpConnection(service), work, Requests.SINGLE, 1, before);
    }

    /** So many in one request. */
    static Client.Maker many(URI service, Work work, Requests requests, int rows) {
        return () -> new WebWrites(new HttpConnection(service), work, requests, rows, _ -> {});
    }

    @Override
    public Write prepare(int number) {
        List<EntityContent> contents =
                IntStream.range(number * rows, (number + 1) * rows)
                        .mapToObj(work::content)
                        .toList();
        byte[] request = requests.of(contents);
        before.accept(number);
        return () -> {
            String answer = connection.send(request);
            if (answer.contains("\"error\"")) {
                throw new IOException("refused: " + answer);
            }
            return rows;
        };
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}

package dev.understudy.chaos.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the receipts of a target with nothing but Avro and the schema that the registry has. */
final class Receipts implements AutoCloseable {
    private static final int HEADER_BYTES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What was done with one event.
     *
     * @param origin where the event is: {@code topic-partition@offset}
     */
    record Receipt(String origin, String outcome) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final String registryUrl;

    Receipts(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    List<Receipt> read(String bootstrapServers, String topic)
            throws IOException, InterruptedException {
        List<Receipt> receipts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : Topic.read(bootstrapServers, topic)) {
            receipts.add(receipt(record.value()));
        }
        return receipts;
    }

    private Receipt receipt(byte[] value) throws IOException, InterruptedException {
        int id = ByteBuffer.wrap(value).getInt(1);
        GenericRecord receipt =
                new GenericDatumReader<GenericRecord>(schema(id))
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(
                                                value,
                                                HEADER_BYTES,
                                                value.length - HEADER_BYTES,
                                                null));
        return new Receipt(
                String.valueOf(receipt.get("origin")), String.valueOf(receipt.get("outcome")));
    }

    private Schema schema(int id) throws IOException, InterruptedException {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id))
                        .timeout(PATIENCE)
                        .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        String text = new JsonMapper().readTree(answer).path("schema").asText();
        Schema schema = new Schema.Parser().parse(text);
        schemas.put(id, schema);
        return schema;
    }

    @Override
    public void close() {
        http.close();
    }
}

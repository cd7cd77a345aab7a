package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file beside the input, {@code FILE.checkpoint.json}, that tells where an import stands. It is
 * replaced in one step, so that a crash leaves the old one or the new one.
 */
final class CheckpointFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ImportSettings settings;
    private final Path file;

    CheckpointFile(ImportSettings settings) {
        this.settings = settings;
        this.file = Path.of(settings.file() + ".checkpoint.json");
    }

    void save(Frontier frontier) throws IOException {
        ObjectNode json = identity();
        json.put("position", frontier.position())
                .put("line", frontier.line())
                .put("accepted", frontier.counts().accepted())
                .put("rejected", frontier.counts().rejected())
                .put("rejectedBytes", frontier.rejectedBytes());
        Path next = Path.of(file + ".next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(MAPPER.writeValueAsBytes(json));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where an earlier import of the same file to the same place stopped, if one did. */
    Optional<Frontier> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ImportFault(file + " is not a checkpoint; import without --resume", e);
        }
        for (var expected : identity().properties()) {
            JsonNode found = json.path(expected.getKey());
            if (!found.asText().equals(expected.getValue().asText())) {
                throw new ImportFault(
                        "%s is of another import: its %s is %s, not %s; import without --resume"
                                .formatted(
                                        file,
                                        expected.getKey(),
                                        found.asText(),
                                        expected.getValue().asText()),
                        null);
            }
        }
        return Optional.of(
                new Frontier(
                        json.path("position").asLong(),
                        json.path("line").asLong(),
                        new Counts(json.path("accepted").asLong(), json.path("rejected").asLong()),
                        json.path("rejectedBytes").asLong()));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private ObjectNode identity() throws IOException {
        return MAPPER.createObjectNode()
                .put("set", settings.shape().set())
                .put("url", settings.url().toString())
                .put("fileBytes", Files.size(settings.file()))
                .put("fileModifiedMs", Files.getLastModifiedTime(settings.file()).toMillis());
    }
}

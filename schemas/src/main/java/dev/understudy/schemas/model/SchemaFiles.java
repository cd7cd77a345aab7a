package dev.understudy.schemas.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code .avsc} files are looked for: files, directories, and {@code classpath:} folders, in
 * which a type is the file of its simple name.
 */
public final class SchemaFiles {
    private static final String CLASSPATH = "classpath:";
    private static final String SUFFIX = ".avsc";

    private final List<String> places;
    private final Map<String, Schema> fromFiles = new LinkedHashMap<>();
    private final List<String> folders = new ArrayList<>();

    /**
     * Reads the schemas in these places.
     *
     * @throws ModelException if a place does not exist, or a file in it is no Avro schema
     */
    public SchemaFiles(List<String> places) {
        this.places = List.copyOf(places);
        for (String place : this.places) {
            String stripped = place.strip();
            if (stripped.startsWith(CLASSPATH)) {
                folders.add(stripped.substring(CLASSPATH.length()));
            } else {
                readFiles(Path.of(stripped));
            }
        }
    }

    /**
     * The schema of this full name.
     *
     * @throws ModelException if no place has it
     */
    public Schema schema(String fullName) {
        Schema schema = fromFiles.get(fullName);
        if (schema == null) {
            schema = fromClasspath(fullName);
        }
        if (schema == null) {
            throw new ModelException("no schema of " + fullName + " in " + places);
        }
        return schema;
    }

    private void readFiles(Path place) {
        if (!Files.exists(place)) {
            throw new ModelException("the place of schemas '" + place + "' does not exist");
        }
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
                Schema schema = parse(Files.readString(file), file.toString());
                fromFiles.putIfAbsent(schema.getFullName(), schema);
            }
        } catch (IOException e) {
            throw new ModelException("cannot read schemas in '" + place + "'", e);
        }
    }

    private @Nullable Schema fromClasspath(String fullName) {
        String file = fullName.substring(fullName.lastIndexOf('.') + 1) + SUFFIX;
        for (String folder : folders) {
            String path = folder + "/" + file;
            try (InputStream stream =
                    SchemaFiles.class.getClassLoader().getResourceAsStream(path)) {
                if (stream != null) {
                    Schema schema =
                            parse(
                                    new String(
                                            stream.readAllBytes(),
                                            java.nio.charset.StandardCharsets.UTF_8),
                                    path);
                    if (schema.getFullName().equals(fullName)) {
                        return schema;
                    }
                }
            } catch (IOException e) {
                throw new ModelException("cannot read " + CLASSPATH + path, e);
            }
        }
        return null;
    }

    private static Schema parse(String text, String file) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            throw new ModelException(file + " is not an Avro schema: " + e.getMessage(), e);
        }
    }
}

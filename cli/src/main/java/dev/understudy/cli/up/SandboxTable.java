package dev.understudy.cli.up;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the parts of a running sandbox are, as aligned lines for a person. */
public final class SandboxTable {

    private SandboxTable() {}

    public static String of(Sandbox sandbox) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("us (source)", sandbox.us().baseUrl() + "/api/data/v1.0/");
        places.put("europe (target)", sandbox.europe().baseUrl() + "/api/data/v1.0/");
        places.put("replicator", sandbox.replicator().baseUrl() + "/health");
        places.put("kafka", sandbox.kafka().bootstrapServers());
        places.put("registry", sandbox.registry().url());
        places.put("us database", place(sandbox.usDatabase()));
        places.put("europe database", place(sandbox.europeDatabase()));
        places.put("data and logs", sandbox.directory().toString());
        return lines(places);
    }

    static String lines(Map<String, String> places) {
        int width = places.keySet().stream().mapToInt(String::length).max().orElse(0);
        return places.entrySet().stream()
                .map(place -> "  " + pad(place.getKey(), width) + "  " + place.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String place(Database database) {
        return database.jdbcUrl() + "?user=" + database.user();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}

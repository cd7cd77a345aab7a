package dev.understudy.cli.letters;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which letters are meant. */
final class Filter {
    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description =
                    "Only those with this reason: undecodable, headers, unknown-schema, schema,"
                            + " key-mismatch, not-owner, refused.")
    private @Nullable String reason;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only those of this entity type, such as contoso.crm.Account.")
    private @Nullable String type;

    private Filter() {}

    /** As a query, from after a letter. */
    Map<String, String> query(@Nullable String after, int limit) {
        Map<String, String> query = new LinkedHashMap<>();
        if (reason != null) {
            query.put("reason", reason);
        }
        if (type != null) {
            query.put("type", type);
        }
        if (after != null) {
            query.put("after", after);
        }
        query.put("limit", Integer.toString(limit));
        return query;
    }

    boolean isGiven() {
        return reason != null || type != null;
    }
}

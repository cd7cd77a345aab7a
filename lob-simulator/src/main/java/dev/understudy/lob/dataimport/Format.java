package dev.understudy.lob.dataimport;

import java.nio.file.Path;
import java.util.Locale;

/** How a file writes its rows. */
public sealed interface Format {

    /**
     * Comma-separated values as RFC 4180 says; the first row names the fields. The delimiter is an
     * ASCII character other than a quote, a line end or NUL.
     */
    record Csv(char delimiter) implements Format {
        public Csv {
            if (delimiter == 0
                    || delimiter > 0x7e
                    || delimiter == '"'
                    || delimiter == '\n'
                    || delimiter == '\r') {
                throw new IllegalArgumentException("not a delimiter of CSV: '" + delimiter + "'");
            }
        }
    }

    /** One JSON object a line. */
    record Ndjson() implements Format {}

    /** The format that a file's name tells: .csv, .tsv, .ndjson or .jsonl. */
    static Format of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return new Csv(',');
        }
        if (name.endsWith(".tsv")) {
            return new Csv('\t');
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return new Ndjson();
        }
        throw new IllegalArgumentException(
                "the name of %s does not tell its format; give it (--format csv or ndjson)"
                        .formatted(file));
    }

    /** The ending of the file that keeps what was rejected. */
    default String extension() {
        return switch (this) {
            case Csv _ -> "csv";
            case Ndjson _ -> "ndjson";
        };
    }
}

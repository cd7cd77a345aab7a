package dev.understudy.lob.dataimport;

import dev.understudy.lob.dataimport.RawRow.Span;
import java.io.IOException;
import java.util.Optional;

/** What comes before a file's first row of data, and how it says that rows are to be read. */
record Header(Optional<Span> span, RowParser.Fields fields) {

    /** Reads a file from its start up to its first row of data. */
    static Header read(ImportSettings settings, RowReader reader) throws IOException {
        return switch (settings.format()) {
            case Format.Ndjson _ ->
                    new Header(Optional.empty(), new NdjsonFields(settings.shape()));
            case Format.Csv(char delimiter) -> {
                RawRow row =
                        reader.next()
                                .orElseThrow(
                                        () -> new ImportFault(settings.file() + " is empty", null));
                try {
                    yield new Header(
                            Optional.of(row.span()),
                            new CsvFields(RowParser.text(row), delimiter, settings.shape()));
                } catch (BadRow bad) {
                    throw new ImportFault(
                            "the header of %s cannot be used: %s: %s"
                                    .formatted(
                                            settings.file(), bad.parsed().code(), bad.getMessage()),
                            bad);
                }
            }
        };
    }
}

package dev.understudy.lob.dataimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.understudy.lob.client.Entry;
import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.contoso.Account;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Stopped;
import dev.understudy.lob.dataimport.ImportSettings.Limits;
import dev.understudy.lob.dataimport.ImportSettings.Start;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImportRunTest {

    private static final String HEADER =
            "accountId,accountNumber,name,employees,creditOnHold,createdOn\n";

    private final FakeInstance instance = FakeInstance.source();
    private final List<Rejection> rejections = new ArrayList<>();

    @TempDir private Path directory;

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void everyRowGoesIn() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 200));

        ImportResult result = run(file, Duration.ZERO, Start.BEGINNING);

        assertThat(result.ending()).isEqualTo(new Complete());
        assertThat(result.counts()).isEqualTo(new Counts(200, 0));
        assertThat(instance.hydrated("accounts")).isEqualTo(200);
        assertThat(instance.mostAtOnce()).isLessThanOrEqualTo(4);
        assertThat(files()).containsExactly("a.csv");
    }

    @Test
    void badRowsAreNamedAndKeptAndTheRestGoesIn() throws IOException {
        instance.refuse("Row 6 Ltd", 400, "InvalidField", "name: we do not like it");
        byte[] head = (HEADER + rows(0, 3) + "not,enough\n").getBytes(StandardCharsets.UTF_8);
        byte[] latin1 = row(4).replace("Row", "Rôw").getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail =
                ("\n" + row(6) + row(7).replace(",7,", ",seven,") + "x,\"open\n" + rows(8, 20))
                        .getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("a.csv");
        Files.write(file, concatenated(head, latin1, tail));

        ImportResult result = run(file, Duration.ZERO, Start.BEGINNING);

        assertThat(result.counts()).isEqualTo(new Counts(15, 5));
        assertThat(rejections)
                .extracting(Rejection::line, Rejection::code)
                .containsExactly(
                        tuple(5L, "ColumnCount"),
                        tuple(6L, "InvalidUtf8"),
                        tuple(8L, "InvalidField"),
                        tuple(9L, "InvalidField"),
                        tuple(10L, "UnclosedQuote"));
        assertThat(Files.readString(result.rejectedFile(), StandardCharsets.ISO_8859_1))
                .startsWith(HEADER + "#rejected line 5: ColumnCount: ")
                .contains("\nnot,enough\n", "Rôw 4 Ltd", "we do not like it\n" + row(6))
                .endsWith("\nx,\"open\n");
    }

    @Test
    void whatWasRejectedCanBeRepairedAndImported() throws IOException {
        Path file = write("a.ndjson", "{\"accountId\": 1\n" + json(1) + "nonsense");
        ImportResult first = run(file, Duration.ZERO, Start.BEGINNING);
        assertThat(first.counts()).isEqualTo(new Counts(1, 2));

        String kept = Files.readString(first.rejectedFile());
        Files.writeString(
                first.rejectedFile(),
                kept.replace("{\"accountId\": 1\n", json(2)).replace("nonsense\n", json(3)));
        ImportResult second = run(first.rejectedFile(), Duration.ZERO, Start.BEGINNING);

        assertThat(second.counts()).isEqualTo(new Counts(2, 0));
        assertThat(instance.hydrated("accounts")).isEqualTo(3);
    }

    @Test
    void anImportThatStopsGoesOnWhereItWas() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 50) + "short\n" + rows(50, 100));
        instance.refuse("Row 80 Ltd", 503, "DatabaseUnavailable", "the database is away");

        ImportResult stopped = run(file, Duration.ZERO, Start.BEGINNING);
        assertThat(stopped.ending()).isInstanceOf(Stopped.class);
        assertThat(((Stopped) stopped.ending()).line()).isEqualTo(83);
        assertThat(((Stopped) stopped.ending()).reason()).contains("the database is away");
        assertThat(stopped.counts()).isEqualTo(new Counts(80, 1));

        instance.refuse("Row 80 Ltd", 400, "InvalidField", "name");
        int before = instance.requests();
        ImportResult resumed = run(file, Duration.ZERO, Start.CHECKPOINT);

        assertThat(resumed.ending()).isEqualTo(new Complete());
        assertThat(resumed.counts()).isEqualTo(new Counts(99, 2));
        assertThat(instance.requests() - before).isEqualTo(20);
        assertThat(instance.hydrated("accounts")).isEqualTo(99);
        assertThat(rejections).extracting(Rejection::line).containsExactly(52L, 83L);
        assertThat(Files.readString(resumed.rejectedFile()))
                .containsOnlyOnce("short")
                .containsOnlyOnce(HEADER)
                .contains("#rejected line 83");
        assertThat(files()).containsExactly("a.csv", "a.csv.rejected.csv");
    }

    @Test
    void anImportWhoseProcessDiedGoesOnFromItsCheckpoint() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 35) + "one\n" + rows(35, 45) + "two\n");
        ImportObserver dying =
                new ImportObserver() {
                    @Override
                    public void rejected(Rejection rejection) {
                        throw new IllegalStateException("died at " + rejection.line());
                    }
                };
        assertThatThrownBy(
                        () -> ImportRun.run(settings(file, Duration.ZERO, Start.BEGINNING), dying))
                .hasMessage("died at 37");
        assertThat(files()).contains("a.csv.checkpoint.json");

        int before = instance.requests();
        ImportResult resumed = run(file, Duration.ZERO, Start.CHECKPOINT);

        assertThat(resumed.counts()).isEqualTo(new Counts(45, 2));
        assertThat(instance.requests() - before).isEqualTo(15);
        assertThat(instance.hydrated("accounts")).isEqualTo(45);
        assertThat(Files.readString(resumed.rejectedFile()))
                .containsOnlyOnce("one")
                .containsOnlyOnce("two");
    }

    @Test
    void aChangedFileIsNotResumed() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 30));
        instance.refuse("Row 20 Ltd", 503, "DatabaseUnavailable", "away");
        run(file, Duration.ZERO, Start.BEGINNING);
        Files.writeString(file, HEADER + rows(0, 31));

        assertThatThrownBy(() -> run(file, Duration.ZERO, Start.CHECKPOINT))
                .isInstanceOf(ImportFault.class)
                .hasMessageContaining("fileBytes")
                .hasMessageContaining("without --resume");
    }

    @Test
    void anOutageIsWaitedFor() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 20));
        for (int i = 0; i < 6; i++) {
            instance.next(_ -> new Answer(503, ""));
        }
        List<String> reasons = new ArrayList<>();
        ImportResult result =
                ImportRun.run(
                        settings(file, Duration.ofSeconds(30), Start.BEGINNING),
                        new ImportObserver() {
                            @Override
                            public synchronized void waiting(String reason) {
                                reasons.add(reason);
                            }
                        });

        assertThat(result.counts()).isEqualTo(new Counts(20, 0));
        assertThat(instance.hydrated("accounts")).isEqualTo(20);
        assertThat(reasons).isNotEmpty();
    }

    @Test
    void aSetThatIsOwnedElsewhereStopsTheImportAtOnce() throws IOException {
        Path file = write("a.csv", HEADER + rows(0, 1000));
        FakeInstance target = FakeInstance.target();
        try (target) {
            ImportResult result =
                    ImportRun.run(
                            new ImportSettings(
                                    file,
                                    Format.of(file),
                                    Shape.ofSet("accounts"),
                                    target.url(),
                                    limits(Duration.ofSeconds(30)),
                                    Start.BEGINNING),
                            ImportObserver.NONE);

            assertThat(result.ending()).isInstanceOf(Stopped.class);
            assertThat(((Stopped) result.ending()).reason()).contains("OwnedElsewhere");
            assertThat(target.requests()).isLessThan(30);
        }
    }

    @Test
    void theLastRowOfAKeyWins() throws IOException {
        String rows =
                IntStream.range(0, 50)
                        .mapToObj(i -> row(1).replace("Row 1 Ltd", "Name " + i))
                        .collect(Collectors.joining());
        run(write("a.csv", HEADER + rows), Duration.ZERO, Start.BEGINNING);

        try (InstanceClient client = new InstanceClient(InstanceSettings.at(instance.url()))) {
            assertThat(client.read(Contoso.ACCOUNTS, id(1)))
                    .hasValueSatisfying(entry ->
                            assertThat(((Entry.Hydrated<Account>) entry).entity().name())
                                    .isEqualTo("Name 49"));
        }
    }

    private ImportResult run(Path file, Duration patience, Start start) {
        return ImportRun.run(
                settings(file, patience, start),
                new ImportObserver() {
                    @Override
                    public void rejected(Rejection rejection) {
                        rejections.add(rejection);
                    }
                });
    }

    private ImportSettings settings(Path file, Duration patience, Start start) {
        return new ImportSettings(
                file,
                Format.of(file),
                Shape.ofType("contoso.crm.Account"),
                instance.url(),
                limits(patience),
                start);
    }

    private static Limits limits(Duration patience) {
        return new Limits(4, 1000, 10, patience, Duration.ofSeconds(20));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(ImportRunTest::row).collect(Collectors.joining());
    }

    private static String row(int i) {
        return "%s,A-%d,Row %d Ltd,%d,false,2026-01-01T00:00:00Z\n".formatted(id(i), i, i, i);
    }

    private static String json(int i) {
        return "{\"accountId\":\"%s\",\"name\":\"Row %d Ltd\"}\n".formatted(id(i), i);
    }

    private static UUID id(int i) {
        return new UUID(0, i);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

package dev.understudy.lob.dataimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lob.dataimport.RawRow.Span;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowParserTest {

    private static final String ID = "7f0e0000-0000-0000-0000-0000000000aa";
    private static final Shape ACCOUNT = Shape.ofType("contoso.crm.Account");

    @Test
    void csvCellsBecomeTheTypesOfTheirFields() throws BadRow {
        RowParser parser =
                csv("accountId,name,employees,annualRevenue,creditOnHold,city,parent@odata.bind");

        assertThat(
                        parsed(
                                parser,
                                ID.toUpperCase(Locale.ROOT)
                                        + ",\"A, B\",007,12.50,TRUE,,/accounts(x)"))
                .isEqualTo(
                        ID
                                + " {\"name\":\"A, B\",\"employees\":7,\"annualRevenue\":12.50,"
                                + "\"creditOnHold\":true,\"parent@odata.bind\":\"/accounts(x)\"}");
    }

    @Test
    void otherSetsHaveStringsUnlessTold() throws BadRow {
        Shape shape = parts("code:text", Set.of("size"));
        RowParser parser = new RowParser(new CsvFields("code;size;weight", ';', shape));

        assertThat(parsed(parser, "O'Neil/5;1;2"))
                .isEqualTo("'O''Neil%2F5' {\"size\":1,\"weight\":\"2\"}");
    }

    @Test
    void theKindOfAKeyDecidesHowItIsWrittenNotItsLook() throws BadRow {
        String upper = ID.toUpperCase(Locale.ROOT);

        assertThat(keyed("code:text", upper)).isEqualTo("'" + upper + "' {}");
        assertThat(keyed("code:text", "42")).isEqualTo("'42' {}");
        assertThat(keyed("code:number", "42")).isEqualTo("42 {}");
        assertThat(keyed("code:uuid", upper)).isEqualTo(ID + " {}");
        assertThat(keyed("code:number", "4x"))
                .isEqualTo("InvalidKey: the key, code, is no whole number: \"4x\"");
        assertThat(keyed("code:uuid", "42")).startsWith("InvalidKey: the key, code, is no UUID");
        assertThat(
                        parsed(
                                new RowParser(new NdjsonFields(parts("code:number", Set.of()))),
                                "{\"code\":42}"))
                .isEqualTo("42 {}");
    }

    @Test
    void aKeyWhoseColumnIsSaidToBeANumberStaysAKey() throws BadRow {
        Shape shape = parts("code:number", Set.of("code"));

        assertThat(parsed(new RowParser(new CsvFields("code", ',', shape)), "42"))
                .isEqualTo("42 {}");
    }

    @Test
    void moreNumbersDoNotReplaceTheShippedOnes() {
        Shape more = ACCOUNT.with(Set.of("employees", "x"), Set.of());

        assertThat(more.numbers()).containsExactlyInAnyOrder("annualRevenue", "employees", "x");
        assertThat(more.booleans()).isEqualTo(ACCOUNT.booleans());
    }

    private static Shape parts(String key, Set<String> numbers) {
        return new Shape("parts", KeyField.parse(key), numbers, Set.of());
    }

    private static String keyed(String key, String cell) throws BadRow {
        return parsed(new RowParser(new CsvFields("code", ',', parts(key, Set.of()))), cell);
    }

    @Test
    void badCsvIsNamed() throws BadRow {
        RowParser parser = csv("accountId,name,employees,creditOnHold");

        assertThat(parsed(parser, ID + ",a")).startsWith("ColumnCount: the header has 4 columns");
        assertThat(parsed(parser, ID + ",a,b,true"))
                .isEqualTo("InvalidField: employees: not a number: 'b'");
        assertThat(parsed(parser, ID + ",a,1e999999999,true")).startsWith("InvalidField");
        assertThat(parsed(parser, ID + ",a,1,maybe")).startsWith("InvalidField: creditOnHold");
        assertThat(parsed(parser, ",a,1,true")).startsWith("MissingKey");
        assertThat(parsed(parser, ID + ",\"a\"b,1,true")).startsWith("InvalidCsv");
        assertThat(parsed(parser, ID + ",a,1,true\rx"))
                .isEqualTo("InvalidCsv: a carriage return ends the row before its line ends");
        assertThat(parsed(parser, ID + ",a\0b,1,true"))
                .isEqualTo("NulCharacter: character 39 of the row is NUL");
    }

    @Test
    void aHeaderThatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> csv("name,city")).hasMessageContaining("'accountId', the key");
        assertThatThrownBy(() -> csv("accountId,name,name")).hasMessageContaining("two columns");
        assertThatThrownBy(() -> csv("accountId,,name")).hasMessageContaining("has no name");
    }

    @Test
    void ndjsonIsSentAsItIs() {
        assertThat(parsed(ndjson(), "{\"name\":\"é\",\"accountId\":\"" + ID + "\",\"x\":1.50}"))
                .isEqualTo(ID + " {\"name\":\"é\",\"x\":1.50}");
        assertThat(parsed(ndjson(), "{\"accountId\":\"" + ID + "\",\"x\":null}"))
                .isEqualTo(ID + " {\"x\":null}");
    }

    @Test
    void badJsonIsNamed() {
        assertThat(parsed(ndjson(), "{\"name\"")).startsWith("InvalidJson").contains("column");
        assertThat(parsed(ndjson(), "[]")).isEqualTo("InvalidJson: the row is not a JSON object");
        assertThat(parsed(ndjson(), "{} {}")).startsWith("InvalidJson");
        assertThat(parsed(ndjson(), "{\"a\":1,\"a\":2}")).startsWith("InvalidJson: Duplicate");
        assertThat(parsed(ndjson(), "{\"a\":1}")).startsWith("MissingKey");
        assertThat(parsed(ndjson(), "{\"accountId\":[1]}")).startsWith("InvalidKey");
        assertThat(parsed(ndjson(), "{\"accountId\":\"" + ID + "\",\"a\":\"x\\u0000\"}"))
                .isEqualTo("NulCharacter: a holds a NUL");
        assertThat(parsed(ndjson(), "[".repeat(100_000))).startsWith("InvalidJson");
    }

    @Test
    void whatIsNotUtf8IsNamed() {
        RawRow row =
                new RawRow(
                        new Span(0, 3, 1, 2), new RawRow.Bytes(new byte[] {'{', (byte) 0xe9, '}'}));

        assertThat(shown(ndjson().parse(row)))
                .isEqualTo("InvalidUtf8: byte 2 of the row (0xe9) is not UTF-8");
        assertThat(
                        shown(
                                ndjson().parse(
                                                new RawRow(
                                                        new Span(0, 2, 1, 2),
                                                        new RawRow.Bytes(
                                                                new byte[] {'a', (byte) 0xc3})))))
                .startsWith("InvalidUtf8: byte 2");
    }

    @Test
    void remarksAndBlankLinesAreNothing() {
        assertThat(parsed(ndjson(), "  ")).isEqualTo("nothing");
        assertThat(parsed(ndjson(), "#rejected line 7: why")).isEqualTo("nothing");
    }

    private static RowParser csv(String header) throws BadRow {
        return new RowParser(new CsvFields(header, ',', ACCOUNT));
    }

    private static RowParser ndjson() {
        return new RowParser(new NdjsonFields(ACCOUNT));
    }

    private static String parsed(RowParser parser, String text) {
        return shown(
                parser.parse(
                        new RawRow(
                                new Span(0, 1, 1, 2),
                                new RawRow.Bytes(text.getBytes(StandardCharsets.UTF_8)))));
    }

    private static String shown(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Entity entity -> entity.key() + " " + entity.fields();
            case Parsed.Bad(String code, String reason) -> code + ": " + reason;
            case Parsed.Nothing _ -> "nothing";
        };
    }
}

package dev.understudy.cli.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.Understudy;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardsUsageTest {
    private static final String AWAY = "jdbc:postgresql://127.0.0.1:1/crm";

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:s3cret@h/crm",
                "jdbc:postgresql://me:s3cret@h/crm",
                AWAY + "?user=me&password=s3cret"
            })
    void aUrlThatCannotBeTakenIsRefusedAndNotRepeated(String url) {
        assertThat(run("guards", "show", "--database-url", url)).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("s3cret");
    }

    @Test
    void typesThatCannotBeReadAreRefusedAsWrongUsage() {
        assertThat(
                        run(
                                "guards",
                                "install",
                                "--catalog",
                                "us.contoso.crm.Nothing",
                                "--database-url",
                                AWAY))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no schema of contoso.crm.Nothing");
        assertThat(run("guards", "sql", "--schemas", "/no/such/place")).isEqualTo(2);
        assertThat(err.toString()).contains("/no/such/place");
        assertThat(run("guards")).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsAwayIsOneLine() {
        assertThat(run("guards", "remove", "--database-url", AWAY)).isOne();
        assertThat(err.toString())
                .startsWith("guards: no connection to the database: ")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        return Understudy.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}

package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.sql.SqlFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        "22003, REFUSED",
        "22P05, REFUSED",
        "23503, REFUSED",
        "23514, REFUSED",
        "54000, REFUSED",
        "P0001, REFUSED",
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "55P03, CONFLICT",
        "42P01, DEFINITION",
        "42501, DEFINITION",
        "08006, AWAY",
        "25006, AWAY",
        "28P01, AWAY",
        "3D000, AWAY",
        "53100, AWAY",
        "53300, AWAY",
        "57014, AWAY",
        "57P01, AWAY",
        "57P03, AWAY",
        "58030, AWAY",
        "XX000, AWAY"
    })
    void sqlStateSaysWhatAFailureMeans(String sqlState, SqlFailure meaning) {
        assertThat(SqlFailure.of(new SQLException("x", sqlState))).isEqualTo(meaning);
    }

    @Test
    void failureWithoutSqlStateIsAnOutage() {
        assertThat(SqlFailure.of(new SQLException("x"))).isEqualTo(SqlFailure.AWAY);
    }
}

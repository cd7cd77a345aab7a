package dev.understudy.chaos.check;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges what still stands in, or did, for entities of a replica. */
public record Placeholders(Database owner, Database replica) {
    private static final String WAITING =
            "SELECT %1$s_id::text FROM contoso_crm.%1$s WHERE _state = 'p'";
    private static final String KNOWN =
            "SELECT %1$s_id::text FROM contoso_crm.%1$s WHERE _state IN ('h', 'd')";

    /** Rows that hold the same value of an alternate key, aliases left out. */
    private static final String HELD_TWICE =
            """
            SELECT %2$s || ' is held by ' || count(*) || ' rows of %1$s'
              FROM contoso_crm.%1$s
             WHERE %2$s IS NOT NULL AND _ceded = 0 AND _state IN ('p', 'h')
             GROUP BY %2$s HAVING count(*) > 1\
            """;

    private static final String ROWS = "SELECT count(*) FROM contoso_crm.%1$s";

    /** Placeholders whose owner has the entity, or its deletion. */
    public Verdict orphans(List<String> tables) throws SQLException {
        List<String> violations = new ArrayList<>();
        long judged = 0;
        for (String table : tables) {
            Set<String> waiting = new HashSet<>(texts(replica, WAITING.formatted(table)));
            judged += waiting.size();
            waiting.retainAll(new HashSet<>(texts(owner, KNOWN.formatted(table))));
            waiting.forEach(key ->
                    violations.add("%s %s waits, but its owner knows it".formatted(table, key)));
        }
        return new Verdict(Guarantee.ORPHANS_UNKNOWN, judged, violations);
    }

    /** Values of an alternate key that more than one row stands for; keys are primary keys. */
    public Verdict one(String table, String alternateKey) throws SQLException {
        List<String> twice =
                new ArrayList<>(texts(replica, HELD_TWICE.formatted(table, alternateKey)));
        long rows = Long.parseLong(texts(replica, ROWS.formatted(table)).getFirst());
        return new Verdict(Guarantee.ONE_PLACEHOLDER, rows, twice);
    }

    private static List<String> texts(Database database, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}

package dev.understudy.chaos.check;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How many versions an entity must have at its owner, and may: each write that was accepted made
 * one, each that was not answered perhaps.
 */
public record Steps(long least, long most) {
    /** Judges a contoso table of an owner's database. */
    public static Verdict judge(Database owner, String table, Map<UUID, Steps> expected)
            throws SQLException {
        return judge(table, versions(owner, table), expected);
    }

    static Verdict judge(String table, Map<UUID, Long> versions, Map<UUID, Steps> expected) {
        List<String> violations = new ArrayList<>();
        expected.forEach((key, steps) -> {
            long version = versions.getOrDefault(key, 0L);
            if (version < steps.least || version > steps.most) {
                violations.add(
                        "%s %s has version %d, after at least %d and at most %d writes"
                                .formatted(table, key, version, steps.least, steps.most));
            }
        });
        return new Verdict(Guarantee.NOTHING_LOST, expected.size(), violations);
    }

    private static Map<UUID, Long> versions(Database owner, String table) throws SQLException {
        Map<UUID, Long> versions = new HashMap<>();
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT %1$s_id, _version FROM contoso_crm.%1$s"
                                        .formatted(table))) {
            while (rows.next()) {
                versions.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
        }
        return versions;
    }
}

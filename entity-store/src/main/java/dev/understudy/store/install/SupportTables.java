package dev.understudy.store.install;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Our own tables beside those of the installed types: for the ledger, the purge, the signing of
 * links, what is published later, what is done once an entity is complete, and names of
 * placeholders.
 */
final class SupportTables {
    private static final String ARE_THERE =
            """
            SELECT to_regclass('"understudy"."orphan"') IS NOT NULL
                AND to_regclass('"understudy"."purge_nominee"') IS NOT NULL
                AND to_regclass('"understudy"."version_floor"') IS NOT NULL
                AND to_regclass('"understudy"."signing_key"') IS NOT NULL
                AND to_regclass('"understudy"."unpublished"') IS NOT NULL
                AND to_regclass('"understudy"."awaiting_by_seq"') IS NOT NULL
                AND to_regclass('"understudy"."name_hint"') IS NOT NULL
            """;

    private static final List<String> CREATE =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."orphan" (
                        "type" text COLLATE "C", "key" text COLLATE "C",
                        "told_at" timestamptz NOT NULL,
                        PRIMARY KEY ("type", "key"))
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."purge_nominee" (
                        "type" text COLLATE "C", "key" text COLLATE "C",
                        "version" bigint NOT NULL, "seen_at" timestamptz NOT NULL,
                        PRIMARY KEY ("type", "key"))
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."version_floor" (
                        "type" text COLLATE "C" PRIMARY KEY,
                        "version" bigint NOT NULL, "epoch" bigint, "lsn" bigint,
                        "raised_at" timestamptz NOT NULL)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."signing_key" (
                        "purpose" text PRIMARY KEY, "key" bytea NOT NULL)
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."unpublished" (
                        "type" text COLLATE "C", "key" text COLLATE "C",
                        "since" timestamptz NOT NULL DEFAULT clock_timestamp(),
                        PRIMARY KEY ("type", "key"))
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."awaiting" (
                        "seq" bigint GENERATED ALWAYS AS IDENTITY,
                        "type" text COLLATE "C", "purpose" text COLLATE "C", "key" text COLLATE "C",
                        "since" timestamptz NOT NULL DEFAULT clock_timestamp(),
                        PRIMARY KEY ("type", "purpose", "key"))
                    """,
                    """
                    CREATE INDEX IF NOT EXISTS "awaiting_by_seq"
                        ON "understudy"."awaiting" ("type", "seq")
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS "understudy"."name_hint" (
                        "type" text COLLATE "C", "key" text COLLATE "C", "name" text NOT NULL,
                        PRIMARY KEY ("type", "key"))
                    """);

    private SupportTables() {}

    static boolean areThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ARE_THERE)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Makes what is not there; a role that may not create anything can use what is. */
    static void create(Connection connection) throws SQLException {
        if (areThere(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String table : CREATE) {
                statement.execute(table);
            }
        }
    }
}

package dev.understudy.sandbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database on a {@link PostgresServer}, and what a client needs to connect to it. */
public record Database(String jdbcUrl, String user, String password) {

    /** A new connection, in auto-commit mode; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }
}

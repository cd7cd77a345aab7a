package dev.understudy.store.sql;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed statement means, by its SQLSTATE. */
public enum SqlFailure {
    /** Lost a race with another transaction: the same again can succeed at once. */
    CONFLICT,
    /** The database refuses the row's content. */
    REFUSED,
    /** The tables or the role are not as they must be. */
    DEFINITION,
    /** Anything else, taken for an outage: full disk, shutdown, lost connection, read-only. */
    AWAY;

    /** The violation of a foreign key. */
    public static final String FOREIGN_KEY = "23503";

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

    /** Data, constraint (also of a view), raised by a trigger, program limit. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "44", "P0", "54");

    /** No such schema, or no such table, column, function, or no privilege. */
    private static final Set<String> DEFINITIONS = Set.of("3F", "42");

    public static SqlFailure of(SQLException failure) {
        String state = state(failure);
        String sqlClass = state.substring(0, Math.min(2, state.length()));
        if (CONFLICTS.contains(state) || isPlanOfAnOlderTable(failure)) {
            return CONFLICT;
        } else if (REFUSALS.contains(sqlClass)) {
            return REFUSED;
        } else if (DEFINITIONS.contains(sqlClass)) {
            return DEFINITION;
        }
        return AWAY;
    }

    /** A column's type was changed since the driver prepared the statement; it does so anew. */
    private static boolean isPlanOfAnOlderTable(SQLException failure) {
        return failure instanceof PSQLException refused
                && refused.getServerErrorMessage() != null
                && "RevalidateCachedQuery".equals(refused.getServerErrorMessage().getRoutine());
    }

    /** The exception for a failure that says nothing about a row. */
    public static StoreException fault(String doing, SQLException failure) {
        return new StoreException(
                of(failure) == DEFINITION ? Severity.FATAL : Severity.RETRYABLE,
                "cannot %s: [%s] %s".formatted(doing, state(failure), failure.getMessage()),
                failure);
    }

    public static String state(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    /** The name of the constraint or unique index that was violated, if the server names one. */
    public static Optional<String> constraint(SQLException failure) {
        return failure instanceof PSQLException refused
                ? Optional.ofNullable(refused.getServerErrorMessage())
                        .map(ServerErrorMessage::getConstraint)
                : Optional.empty();
    }

    /** What the server says, without the detail, which holds the row's content. */
    public static String message(SQLException failure) {
        if (failure instanceof PSQLException refused) {
            ServerErrorMessage message = refused.getServerErrorMessage();
            if (message != null && message.getMessage() != null) {
                return message.getMessage();
            }
        }
        return String.valueOf(failure.getMessage());
    }
}

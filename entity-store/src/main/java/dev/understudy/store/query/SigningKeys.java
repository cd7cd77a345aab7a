package dev.understudy.store.query;

import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Random keys that all processes of a database share, and that outlive them. Thread-safe. */
public final class SigningKeys {
    private static final int BYTES = 32;

    /** One statement does not see what another one has just inserted: hence two. */
    private static final String PUT =
            """
            INSERT INTO "understudy"."signing_key" ("purpose", "key") VALUES (?, ?)
            ON CONFLICT ("purpose") DO NOTHING
            """;

    private static final String READ =
            "SELECT \"key\" FROM \"understudy\".\"signing_key\" WHERE \"purpose\" = ?";

    private final Transactions transactions;
    private final SecureRandom random = new SecureRandom();

    public SigningKeys(DataSource dataSource) {
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /**
     * The key for a purpose, made when it is asked for first.
     *
     * @throws dev.understudy.store.StoreException if the database is away
     */
    public byte[] key(String purpose) {
        byte[] fresh = new byte[BYTES];
        random.nextBytes(fresh);
        String doing = "read the signing key";
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        try (PreparedStatement put = connection.prepareStatement(PUT)) {
                            put.setString(1, purpose);
                            put.setBytes(2, fresh);
                            put.executeUpdate();
                        }
                        try (PreparedStatement read = connection.prepareStatement(READ)) {
                            read.setString(1, purpose);
                            try (ResultSet row = read.executeQuery()) {
                                row.next();
                                return row.getBytes(1);
                            }
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }
}

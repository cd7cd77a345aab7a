package dev.understudy.replicator;

import dev.understudy.replicator.apply.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Ways in which a part can fail, each as it happens; one at a time. */
@SuppressWarnings("ImmutableEnumChecker")
enum InjectedFault {
    DATABASE_AWAY(Part.DATABASE) {
        @Override
        void begin(Rig rig) throws Exception {
            rig.postgres.kill();
            doorman = new Doorman(rig.database.jdbcUrl());
        }

        @Override
        void end(Rig rig) throws Exception {
            doorman.close();
            rig.postgres.start();
        }
    },
    /** Half-open: connections stay, and new ones are taken, but nothing is answered. */
    DATABASE_SILENT(Part.DATABASE) {
        @Override
        void begin(Rig rig) {
            rig.postgres.pause();
        }

        @Override
        void end(Rig rig) {
            rig.postgres.resume();
        }
    },
    /** Statements exceed their time limit. */
    DATABASE_SLOW(Part.DATABASE) {
        @Override
        void begin(Rig rig) throws SQLException {
            Connection locker = rig.database.connect();
            locker.setAutoCommit(false);
            locker.createStatement().execute("LOCK TABLE contoso_crm.account");
            held.add(locker);
        }

        @Override
        void end(Rig rig) throws SQLException {
            letGo();
        }
    },
    /** Sessions that begin meanwhile stay read-only, and the present ones are ended. */
    DATABASE_READ_ONLY(Part.DATABASE) {
        @Override
        void begin(Rig rig) throws Exception {
            rig.replica.execute(READ_ONLY);
            rig.replica.execute(END_SESSIONS);
        }

        @Override
        void end(Rig rig) throws Exception {
            try (Connection connection = rig.database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_read_only = off");
                statement.execute(READ_ONLY.replace("= on", "= off"));
            }
        }
    },
    OUT_OF_CONNECTIONS(Part.DATABASE) {
        @Override
        void begin(Rig rig) throws Exception {
            do {
                takeAll(rig);
            } while (endSessions(held.getFirst()) > 0);
        }

        private void takeAll(Rig rig) throws SQLException {
            try {
                while (true) {
                    held.add(rig.database.connect());
                }
            } catch (SQLException e) {
                if (!"53300".equals(e.getSQLState())) {
                    throw e;
                }
            }
        }

        // How many the replicator had; it may be quick to get others.
        private static int endSessions(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet ended = statement.executeQuery(END_SESSIONS)) {
                int count = 0;
                while (ended.next()) {
                    count++;
                }
                return count;
            }
        }

        @Override
        void end(Rig rig) throws SQLException {
            letGo();
        }
    },
    OUT_OF_DISK(Part.DATABASE) {
        @Override
        void begin(Rig rig) throws Exception {
            disk = FullDisk.under(rig, "account");
        }

        @Override
        void end(Rig rig) throws Exception {
            disk.makeRoom();
        }

        @Override
        void clean() throws Exception {
            disk.remove();
        }
    },
    REGISTRY_AWAY(Part.REGISTRY) {
        @Override
        void begin(Rig rig) {
            rig.registry.kill();
        }

        @Override
        void end(Rig rig) {
            rig.registry.start();
        }
    },
    REGISTRY_SILENT(Part.REGISTRY) {
        @Override
        void begin(Rig rig) {
            rig.registry.pause();
        }

        @Override
        void end(Rig rig) {
            rig.registry.resume();
        }
    },
    KAFKA_AWAY(Part.KAFKA) {
        @Override
        void begin(Rig rig) {
            rig.kafka.kill();
        }

        @Override
        void end(Rig rig) {
            rig.kafka.start();
        }
    },
    KAFKA_SILENT(Part.KAFKA) {
        @Override
        void begin(Rig rig) {
            rig.kafka.pause();
        }

        @Override
        void end(Rig rig) {
            rig.kafka.resume();
        }
    };

    private static final String READ_ONLY =
            """
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on',
                    current_database());
            END $$
            """;

    private static final String END_SESSIONS =
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'understudy-replicator'
            """;

    final Part part;
    final List<Connection> held = new ArrayList<>();
    Doorman doorman;
    FullDisk disk;

    InjectedFault(Part part) {
        this.part = part;
    }

    abstract void begin(Rig rig) throws Exception;

    abstract void end(Rig rig) throws Exception;

    void clean() throws Exception {}

    void letGo() throws SQLException {
        for (Connection one : held) {
            one.close();
        }
        held.clear();
    }
}

package dev.understudy.store.install;

import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;

/** One step of a migration; each is committed for itself and may be found done. */
sealed interface Step {
    /** Needs a strong lock, but only for a moment: reads no rows. */
    record Brief(String sql) implements Step {
        @Override
        public String toString() {
            return sql;
        }
    }

    /** Reads a whole table, under a lock that stops neither reads nor writes. */
    record Scan(String sql) implements Step {
        @Override
        public String toString() {
            return sql;
        }
    }

    /** Takes an alternate key from all replicas but one where rows that are there share it. */
    record Cede(Table table, UniqueKey key) implements Step {
        @Override
        public String toString() {
            return "one holder of each " + key.columnList("") + " of " + table.quoted();
        }
    }

    /** Builds an index beside readers and writers. */
    record Build(Index index) implements Step {
        @Override
        public String toString() {
            return index.createConcurrently();
        }
    }

    /** Places placeholders for what a column holds and its target has not. */
    record Place(Table table, Column reference, Table target) implements Step {
        @Override
        public String toString() {
            return "placeholders for " + table.quoted() + "." + reference.quoted();
        }
    }
}

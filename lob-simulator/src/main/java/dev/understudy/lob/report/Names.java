package dev.understudy.lob.report;

import dev.understudy.lob.client.RecordState;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The names of accounts and contacts as far as they are known, and who told them. */
public record Names(Known accounts, Known contacts) {

    /** A name and which instance told it. */
    public record Name(String text, Origin origin) {}

    /** The names of one entity type by key; blank ones count as not known. */
    public record Known(Map<UUID, Name> byKey, Reach source) {

        public Known {
            Map<UUID, Name> kept = new HashMap<>(byKey);
            kept.values().removeIf(name -> name.text().isBlank());
            byKey = Map.copyOf(kept);
        }

        private Party party(UUID key, RecordState state) {
            Name name = byKey.get(key);
            return name == null ? new Party.Unknown(key, state) : new Party.Named(key, name, state);
        }
    }

    Party account(UUID key, RecordState state) {
        return accounts.party(key, state);
    }

    Party contact(@Nullable UUID key, RecordState state) {
        return key == null ? new Party.Nobody() : contacts.party(key, state);
    }
}

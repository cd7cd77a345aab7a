package dev.understudy.lob.report;

import dev.understudy.lob.client.Reference;
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

        private Party party(UUID key, Reference reference) {
            Name name = byKey.get(key);
            return name == null
                    ? new Party.Unknown(key, reference)
                    : new Party.Named(key, name, reference);
        }
    }

    Party account(UUID key, Reference reference) {
        return accounts.party(key, reference);
    }

    Party contact(@Nullable UUID key, Reference reference) {
        return key == null ? new Party.Nobody() : contacts.party(key, reference);
    }
}

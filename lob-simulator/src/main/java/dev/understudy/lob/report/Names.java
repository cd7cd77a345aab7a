package dev.understudy.lob.report;

import dev.understudy.lob.client.RecordState;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The names of accounts and contacts as far as they are known; blank names count as not known. */
public record Names(Map<UUID, String> accounts, Map<UUID, String> contacts) {

    public Names {
        accounts = withoutBlanks(accounts);
        contacts = withoutBlanks(contacts);
    }

    Party account(UUID key, RecordState state) {
        return party(accounts, key, state);
    }

    Party contact(@Nullable UUID key, RecordState state) {
        return key == null ? new Party.Nobody() : party(contacts, key, state);
    }

    private static Party party(Map<UUID, String> names, UUID key, RecordState state) {
        String name = names.get(key);
        return name == null ? new Party.Unknown(key, state) : new Party.Named(key, name, state);
    }

    private static Map<UUID, String> withoutBlanks(Map<UUID, String> names) {
        Map<UUID, String> kept = new HashMap<>(names);
        kept.values().removeIf(String::isBlank);
        return Map.copyOf(kept);
    }
}

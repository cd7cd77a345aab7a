package dev.understudy.lob.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows of a fake instance; a row that has only its key is a placeholder. Guarded by its
 * monitor.
 */
final class FakeStore {

    private static final Map<String, String> SET_BY_NAVIGATION =
            Map.of(
                    "account", "accounts",
                    "contact", "contacts",
                    "parentAccount", "accounts",
                    "primaryContact", "contacts");

    private final Set<String> owned;
    private final Map<String, NavigableMap<UUID, ObjectNode>> rows =
            Map.of(
                    "accounts",
                    new TreeMap<>(),
                    "contacts",
                    new TreeMap<>(),
                    "tickets",
                    new TreeMap<>());
    private boolean rejectMissing;

    FakeStore(Set<String> owned) {
        this.owned = owned;
    }

    Set<String> owned() {
        return owned;
    }

    static String keyField(String set) {
        return set.substring(0, set.length() - 1) + "Id";
    }

    synchronized void rejectMissing(boolean reject) {
        rejectMissing = reject;
    }

    synchronized Answer write(String method, String set, UUID id, ObjectNode body) {
        if (!owned.contains(set)) {
            return Answer.error(405, "OwnedElsewhere", set + " is owned elsewhere");
        }
        if ("POST".equals(method) && rows.get(set).containsKey(id) && !isPlaceholder(set, id)) {
            return Answer.error(409, "AlreadyExists", set + "(" + id + ") exists");
        }
        ObjectNode bound = JsonNodeFactory.instance.objectNode();
        for (var property : body.properties()) {
            String name = property.getKey();
            if (!name.endsWith("@odata.bind")) {
                bound.set(name, property.getValue());
                continue;
            }
            String navigation = name.substring(0, name.indexOf('@'));
            String referred = SET_BY_NAVIGATION.get(navigation);
            String prefix = "/" + referred + "(";
            String binding = property.getValue().asText();
            UUID key = UUID.fromString(binding.substring(prefix.length(), binding.length() - 1));
            if (!rows.get(referred).containsKey(key)) {
                if (rejectMissing) {
                    return Answer.error(
                            422, "MissingReference", navigation + " refers to " + binding);
                }
                rows.get(referred).put(key, placeholder(referred, key));
            }
            bound.put(navigation + "Id", key.toString());
        }
        rows.get(set).computeIfAbsent(id, key -> placeholder(set, key)).setAll(bound);
        return Answer.NO_CONTENT;
    }

    synchronized Answer delete(String set, UUID id) {
        return rows.get(set).remove(id) == null ? notFound(set, id) : Answer.NO_CONTENT;
    }

    synchronized Answer read(String set, UUID id) {
        return rows.get(set).containsKey(id)
                ? new Answer(200, shown(set, id).toString())
                : notFound(set, id);
    }

    /**
     * One page, from the first key after {@code after}; the link is {@code set?after=key},
     * absolute.
     */
    synchronized Answer page(String set, String after, int size, String base) {
        NavigableMap<UUID, ObjectNode> rest =
                after.isEmpty()
                        ? rows.get(set)
                        : rows.get(set).tailMap(UUID.fromString(after), false);
        List<UUID> keys = rest.keySet().stream().limit(size).toList();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> page.withArray("value").add(shown(set, key)));
        page.withArray("value");
        if (keys.size() < rest.size()) {
            page.put("@odata.nextLink", base + set + "?after=" + keys.getLast());
        }
        return new Answer(200, page.toString());
    }

    synchronized int hydrated(String set) {
        return (int) rows.get(set).keySet().stream().filter(id -> !isPlaceholder(set, id)).count();
    }

    synchronized void replicate(FakeStore owner, String set) {
        synchronized (owner) {
            owner.rows.get(set).forEach((key, row) -> rows.get(set).put(key, row.deepCopy()));
        }
    }

    private ObjectNode shown(String set, UUID id) {
        ObjectNode row = rows.get(set).get(id).deepCopy();
        row.put("@understudy.state", state(set, id));
        SET_BY_NAVIGATION.forEach((navigation, referred) -> {
            boolean isKey = keyField(set).equals(navigation + "Id");
            if (!isKey && row.hasNonNull(navigation + "Id")) {
                UUID key = UUID.fromString(row.get(navigation + "Id").asText());
                row.put(navigation + "@understudy.state", state(referred, key));
            }
        });
        return row;
    }

    private String state(String set, UUID id) {
        if (!rows.get(set).containsKey(id)) {
            return "deleted";
        }
        return isPlaceholder(set, id) ? "placeholder" : "hydrated";
    }

    private boolean isPlaceholder(String set, UUID id) {
        return rows.get(set).get(id).size() == 1;
    }

    private static ObjectNode placeholder(String set, UUID id) {
        return JsonNodeFactory.instance.objectNode().put(keyField(set), id.toString());
    }

    private static Answer notFound(String set, UUID id) {
        return Answer.error(404, "NotFound", "no " + set + "(" + id + ")");
    }
}

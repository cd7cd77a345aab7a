package dev.understudy.store.digest;

import dev.understudy.schemas.model.ModelException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a type is compared.
 *
 * @param fields whose values make the content hash, in this order, beside the key
 * @param purgedUpTo deletion markers at or below this version agree with no row at all
 * @param condition as in a catalog: entities that do not fulfil it are given as placeholders that
 *     keep their version, as a subset keeps them; empty for all rows
 */
public record DigestScope(String type, List<String> fields, long purgedUpTo, String condition) {
    public DigestScope {
        fields = List.copyOf(fields);
    }

    /** Of all rows. */
    public DigestScope(String type, List<String> fields, long purgedUpTo) {
        this(type, fields, purgedUpTo, "");
    }

    DigestScope ofAllRows() {
        return new DigestScope(type, fields, purgedUpTo);
    }

    /**
     * What both sides hold: a replica may take a subset, or have another version of the schema.
     *
     * @throws ModelException if even their keys are of different types
     */
    static DigestScope common(TypeDescription owner, TypeDescription replica) {
        if (!owner.keyKind().equals(replica.keyKind())) {
            throw new ModelException(
                    "%s has keys of type %s at the owner and %s at the replica"
                            .formatted(owner.type(), owner.keyKind(), replica.keyKind()));
        }
        List<String> fields =
                owner.fields().keySet().stream()
                        .filter(field -> inBoth(field, owner, replica))
                        .sorted()
                        .toList();
        return new DigestScope(
                owner.type(),
                fields,
                Math.max(owner.purgedUpTo(), replica.purgedUpTo()),
                replica.condition());
    }

    /** The fields of either side that are not compared. */
    static List<String> left(TypeDescription owner, TypeDescription replica) {
        return Stream.concat(owner.fields().keySet().stream(), replica.fields().keySet().stream())
                .distinct()
                .filter(field -> !inBoth(field, owner, replica))
                .sorted()
                .toList();
    }

    private static boolean inBoth(String field, TypeDescription owner, TypeDescription replica) {
        String kind = owner.fields().get(field);
        return kind != null && kind.equals(replica.fields().get(field));
    }
}

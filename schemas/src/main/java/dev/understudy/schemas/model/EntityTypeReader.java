package dev.understudy.schemas.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads one {@link EntityType} from its Avro schema and checks what Avro itself does not. */
final class EntityTypeReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** As many as a row has bits for. */
    private static final int MAX_ALTERNATE_KEYS = 8;

    private static final Pattern ENTITY_SET = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");

    private final Schema schema;

    EntityTypeReader(Schema schema) {
        this.schema = schema;
    }

    /** The key type that values of a field type can be, if any. */
    static Optional<KeyType> keyType(FieldType type) {
        return switch (type) {
            case FieldType.Uuid _ -> Optional.of(KeyType.UUID);
            case FieldType.Text _ -> Optional.of(KeyType.STRING);
            case FieldType.Whole whole when !whole.narrow() -> Optional.of(KeyType.LONG);
            default -> Optional.empty();
        };
    }

    EntityType read() {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new ModelException(
                    "an entity type is an Avro record, not " + schema.getType().getName());
        }
        List<EntityField> fields = schema.getFields().stream().map(this::field).toList();
        return new EntityType(
                schema,
                entitySet(),
                key(fields),
                fields,
                alternateKeys(fields),
                property("entity.displayField")
                        .map(name -> existing(fields, name, "displayField")));
    }

    private EntityField field(Schema.Field field) {
        if (!NAME.matcher(field.name()).matches()) {
            throw refused(field.name(), "field names start with a letter");
        }
        Schema bare = withoutNull(field);
        try {
            FieldType type = FieldType.of(bare);
            boolean required = !field.schema().isUnion();
            return new EntityField(
                    field.pos(), field.name(), bare, type, required, reference(field, type));
        } catch (ModelException | IllegalArgumentException e) {
            throw new ModelException(
                    schema.getFullName() + "." + field.name() + ": " + e.getMessage(), e);
        }
    }

    private Schema withoutNull(Schema.Field field) {
        Schema declared = field.schema();
        if (!declared.isUnion()) {
            return declared;
        }
        List<Schema> branches =
                declared.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .toList();
        if (branches.size() != 1 || declared.getTypes().size() != 2) {
            throw refused(field.name(), "a union other than with null is not supported");
        }
        return branches.getFirst();
    }

    private static Optional<Reference> reference(Schema.Field field, FieldType type) {
        return text(field.getObjectProp("entity.references"))
                .map(target -> {
                    if (keyType(type).isEmpty()) {
                        throw new ModelException(
                                "a reference is a uuid, string or long, as keys are");
                    }
                    OnMissing onMissing =
                            text(field.getObjectProp("entity.onMissing"))
                                    .map(OnMissing::parse)
                                    .orElse(OnMissing.PLACEHOLDER);
                    return new Reference(target, onMissing);
                });
    }

    private EntityField key(List<EntityField> fields) {
        String name =
                property("entity.key")
                        .orElseThrow(() ->
                                new ModelException(
                                        schema.getFullName()
                                                + ": the record property entity.key, which"
                                                + " names the key field, is missing"));
        EntityField key = existing(fields, name, "key");
        if (!key.required() || keyType(key.type()).isEmpty() || key.reference().isPresent()) {
            throw refused(
                    name, "the key is a required uuid, string or long that is not a reference");
        }
        return key;
    }

    private String entitySet() {
        String set =
                property("entity.set")
                        .orElseGet(() ->
                                Character.toLowerCase(schema.getName().charAt(0))
                                        + schema.getName().substring(1)
                                        + "s");
        if (!ENTITY_SET.matcher(set).matches()) {
            throw new ModelException(
                    schema.getFullName() + ": entity.set '" + set + "' is not a plain name");
        }
        return set;
    }

    private List<AlternateKey> alternateKeys(List<EntityField> fields) {
        Object declared = schema.getObjectProp("entity.alternateKeys");
        if (declared == null) {
            return List.of();
        }
        List<AlternateKey> keys = new ArrayList<>();
        if (declared instanceof List<?> list) {
            for (Object names : list) {
                AlternateKey key = alternateKey(fields, names);
                keys.forEach(other -> checkApart(key, other));
                keys.add(key);
            }
            if (keys.size() > MAX_ALTERNATE_KEYS) {
                throw new ModelException(
                        "%s has %d alternate keys; at most %d are possible"
                                .formatted(schema.getFullName(), keys.size(), MAX_ALTERNATE_KEYS));
            }
            return keys;
        }
        throw new ModelException(
                schema.getFullName() + ": entity.alternateKeys is a list of lists of field names");
    }

    private AlternateKey alternateKey(List<EntityField> fields, Object names) {
        if (!(names instanceof List<?> list) || list.isEmpty()) {
            throw new ModelException(
                    schema.getFullName()
                            + ": each of entity.alternateKeys is a list of field names");
        }
        return new AlternateKey(
                list.stream().map(name -> identifying(fields, String.valueOf(name))).toList());
    }

    /** Values that have one text are one value, and the other way round. */
    private EntityField identifying(List<EntityField> fields, String name) {
        EntityField field = existing(fields, name, "alternateKeys");
        if (field.type() instanceof FieldType.Real || field.type() instanceof FieldType.Document) {
            throw refused(
                    name, "a number with a binary fraction, or a document, is no alternate key");
        }
        return field;
    }

    /** A placeholder that is known by the one would have the values of the other. */
    private void checkApart(AlternateKey key, AlternateKey other) {
        if (key.fields().containsAll(other.fields()) || other.fields().containsAll(key.fields())) {
            throw new ModelException(
                    "%s: of the alternate keys %s and %s one contains the other"
                            .formatted(schema.getFullName(), names(other), names(key)));
        }
    }

    private static List<String> names(AlternateKey key) {
        return key.fields().stream().map(EntityField::name).toList();
    }

    private EntityField existing(List<EntityField> fields, String name, String property) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(name, "entity." + property + " names no such field"));
    }

    private Optional<String> property(String name) {
        return text(schema.getObjectProp(name));
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable Object property) {
        return Optional.ofNullable(property).map(String::valueOf);
    }

    private ModelException refused(String field, String why) {
        return new ModelException(schema.getFullName() + "." + field + ": " + why);
    }
}

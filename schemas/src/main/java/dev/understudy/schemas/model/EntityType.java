package dev.understudy.schemas.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * What is replicated: one Avro record schema and what its {@code entity.*} properties say.
 * Immutable.
 */
public final class EntityType {
    private final Schema schema;
    private final String entitySet;
    private final EntityField key;
    private final KeyType keyType;
    private final List<EntityField> fields;
    private final Map<String, EntityField> fieldsByName;
    private final List<EntityField> references;
    private final List<AlternateKey> alternateKeys;
    private final Optional<EntityField> displayField;

    EntityType(
            Schema schema,
            String entitySet,
            EntityField key,
            List<EntityField> fields,
            List<AlternateKey> alternateKeys,
            Optional<EntityField> displayField) {
        this.schema = schema;
        this.entitySet = entitySet;
        this.key = key;
        this.keyType = EntityTypeReader.keyType(key.type()).orElseThrow();
        this.fields = List.copyOf(fields);
        this.fieldsByName =
                fields.stream().collect(Collectors.toMap(EntityField::name, Function.identity()));
        this.references = fields.stream().filter(field -> field.reference().isPresent()).toList();
        this.alternateKeys =
                alternateKeys.stream()
                        .map(one ->
                                new AlternateKey(
                                        one.fields().stream()
                                                .map(field -> fields.get(field.index()))
                                                .toList()))
                        .toList();
        this.displayField = displayField.map(field -> fields.get(field.index()));
    }

    /**
     * Reads the model from an Avro record schema.
     *
     * @throws ModelException if the schema is not one of an entity; the message names type and
     *     field
     */
    public static EntityType of(Schema schema) {
        return new EntityTypeReader(schema).read();
    }

    /** Namespace and name, such as {@code contoso.crm.Account}. */
    public String fullName() {
        return schema.getFullName();
    }

    public String name() {
        return schema.getName();
    }

    /** Empty if the schema has none. */
    public String namespace() {
        return Optional.ofNullable(schema.getNamespace()).orElse("");
    }

    public Schema schema() {
        return schema;
    }

    /** The plural used in URLs, such as {@code accounts}. */
    public String entitySet() {
        return entitySet;
    }

    /** The field that holds the key. */
    public EntityField key() {
        return key;
    }

    public KeyType keyType() {
        return keyType;
    }

    /** All fields, the key among them, in the schema's order. */
    public List<EntityField> fields() {
        return fields;
    }

    public Optional<EntityField> field(String name) {
        return Optional.ofNullable(fieldsByName.get(name));
    }

    /** The fields that refer to other entities, in the schema's order. */
    public List<EntityField> references() {
        return references;
    }

    public List<AlternateKey> alternateKeys() {
        return alternateKeys;
    }

    /** The field that names an entity to a person. */
    public Optional<EntityField> displayField() {
        return displayField;
    }

    /** This type with the references to those types as plain fields. */
    EntityType withoutReferencesTo(Set<String> types) {
        List<EntityField> plain =
                fields.stream().map(field -> field.withoutReferenceTo(types)).toList();
        return new EntityType(
                schema, entitySet, plain.get(key.index()), plain, alternateKeys, displayField);
    }

    /** Same type, same schema: two readings of one schema are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EntityType type && schema.equals(type.schema);
    }

    @Override
    public int hashCode() {
        return fullName().hashCode();
    }

    @Override
    public String toString() {
        return fullName();
    }
}

package dev.understudy.instance.description;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The entity types of a catalog as OData's CSDL, in XML. Of version 4.0, which every client reads,
 * unless a field is nested JSON, for which only 4.01 has a word.
 */
public final class Csdl {
    private static final String VOCABULARIES =
            "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/";

    private static final String EDM = "http://docs.oasis-open.org/odata/ns/edm";
    private static final String CONTAINER = "understudy";

    private final Catalog catalog;
    private final String instance;

    /**
     * Of a catalog.
     *
     * @param instance whose API it is: what others own is read-only
     */
    public Csdl(Catalog catalog, String instance) {
        this.catalog = catalog;
        this.instance = instance;
    }

    /** The document, in UTF-8. */
    public byte[] xml() {
        boolean documents =
                catalog.types().stream()
                        .flatMap(type -> type.fields().stream())
                        .anyMatch(field -> field.type() instanceof FieldType.Document);
        XmlElement root =
                new XmlElement(
                        "edmx:Edmx",
                        "xmlns:edmx",
                        "http://docs.oasis-open.org/odata/ns/edmx",
                        "Version",
                        documents ? "4.01" : "4.0");
        vocabulary(root, "Org.OData.Core.V1", "Core");
        vocabulary(root, "Org.OData.Capabilities.V1", "Capabilities");
        XmlElement services = root.add("edmx:DataServices");
        Map<String, XmlElement> schemas = new TreeMap<>();
        Set<String> enums = new HashSet<>();
        for (EntityType type : catalog.types()) {
            XmlElement schema = schema(schemas, EdmTypes.namespace(type.schema()));
            schema.add(entityType(type));
            for (EntityField field : type.fields()) {
                if (field.type() instanceof FieldType.Symbol(List<String> symbols)
                        && enums.add(EdmTypes.qualified(field.schema()))) {
                    schema(schemas, EdmTypes.namespace(field.schema()))
                            .add(enumType(field.schema().getName(), symbols));
                }
            }
        }
        schemas.values().forEach(services::add);
        services.add("Schema", "xmlns", EDM, "Namespace", CONTAINER).add(container());
        return bytes(root);
    }

    private static void vocabulary(XmlElement root, String namespace, String alias) {
        root.add("edmx:Reference", "Uri", VOCABULARIES + namespace + ".xml")
                .add("edmx:Include", "Namespace", namespace, "Alias", alias);
    }

    private static XmlElement schema(Map<String, XmlElement> schemas, String namespace) {
        return schemas.computeIfAbsent(
                namespace, _ -> new XmlElement("Schema", "xmlns", EDM, "Namespace", namespace));
    }

    private XmlElement entityType(EntityType type) {
        XmlElement element = new XmlElement("EntityType", "Name", type.name());
        element.add("Key").add("PropertyRef", "Name", type.key().name());
        for (EntityField field : type.fields()) {
            XmlElement property =
                    element.add("Property", "Name", field.name()).with(EdmTypes.attributes(field));
            if (field.required() || field.equals(type.key())) {
                property.with(Map.of("Nullable", "false"));
            }
        }
        for (EntityField reference : type.references()) {
            EntityType target = catalog.target(reference);
            element.add(
                            "NavigationProperty",
                            "Name",
                            reference.navigation(),
                            "Type",
                            EdmTypes.qualified(target.schema()),
                            "Nullable",
                            Boolean.toString(!reference.required()))
                    .add(
                            "ReferentialConstraint",
                            "Property",
                            reference.name(),
                            "ReferencedProperty",
                            target.key().name());
        }
        if (!type.alternateKeys().isEmpty()) {
            element.add(alternateKeys(type));
        }
        String description = type.schema().getDoc();
        if (description != null) {
            element.add("Annotation", "Term", "Core.Description", "String", description);
        }
        return element;
    }

    private static XmlElement alternateKeys(EntityType type) {
        XmlElement annotation = new XmlElement("Annotation", "Term", "Core.AlternateKeys");
        XmlElement keys = annotation.add("Collection");
        for (AlternateKey key : type.alternateKeys()) {
            XmlElement fields =
                    keys.add("Record", "Type", "Core.AlternateKey")
                            .add("PropertyValue", "Property", "Key")
                            .add("Collection");
            for (EntityField field : key.fields()) {
                XmlElement reference = fields.add("Record", "Type", "Core.PropertyRef");
                reference.add("PropertyValue", "Property", "Name", "PropertyPath", field.name());
                reference.add("PropertyValue", "Property", "Alias", "String", field.name());
            }
        }
        return annotation;
    }

    private static XmlElement enumType(String name, List<String> symbols) {
        XmlElement element = new XmlElement("EnumType", "Name", name);
        for (int i = 0; i < symbols.size(); i++) {
            element.add("Member", "Name", symbols.get(i), "Value", Integer.toString(i));
        }
        return element;
    }

    private XmlElement container() {
        XmlElement container = new XmlElement("EntityContainer", "Name", "Container");
        for (CatalogEntry entry : catalog.entries()) {
            EntityType type = entry.type();
            XmlElement set =
                    container.add(
                            "EntitySet",
                            "Name",
                            type.entitySet(),
                            "EntityType",
                            EdmTypes.qualified(type.schema()));
            for (EntityField reference : type.references()) {
                set.add(
                        "NavigationPropertyBinding",
                        "Path",
                        reference.navigation(),
                        "Target",
                        catalog.target(reference).entitySet());
            }
            if (!entry.owner().equals(instance)) {
                readOnly(set, "InsertRestrictions", "Insertable");
                readOnly(set, "UpdateRestrictions", "Updatable");
                readOnly(set, "DeleteRestrictions", "Deletable");
            }
        }
        return container;
    }

    private static void readOnly(XmlElement set, String term, String property) {
        set.add("Annotation", "Term", "Capabilities." + term)
                .add("Record")
                .add("PropertyValue", "Property", property, "Bool", "false");
    }

    private static byte[] bytes(XmlElement root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter writer =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            writer.writeStartDocument("UTF-8", "1.0");
            root.write(writer);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an element that is no XML", e);
        }
        return bytes.toByteArray();
    }
}

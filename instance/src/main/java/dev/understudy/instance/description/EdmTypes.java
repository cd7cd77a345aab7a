package dev.understudy.instance.description;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Types of fields as OData's entity data model has them. */
final class EdmTypes {
    private EdmTypes() {}

    /** The attributes of a property: {@code Type}, and what belongs to it. */
    static Map<String, String> attributes(EntityField field) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("Type", name(field));
        switch (field.type()) {
            case FieldType.Decimal(int precision, int scale) -> {
                attributes.put("Precision", Integer.toString(precision));
                attributes.put("Scale", Integer.toString(scale));
            }
            case FieldType.Time(boolean micros) -> attributes.put("Precision", digits(micros));
            case FieldType.Timestamp(boolean micros) -> attributes.put("Precision", digits(micros));
            case FieldType.Text _,
                    FieldType.Uuid _,
                    FieldType.Whole _,
                    FieldType.Real _,
                    FieldType.Bool _,
                    FieldType.Date _,
                    FieldType.LocalTimestamp _,
                    FieldType.Symbol _,
                    FieldType.Bytes _,
                    FieldType.Document _ -> {}
        }
        return attributes;
    }

    /** Namespace and name of an Avro type; a name alone has the namespace {@code default}. */
    static String qualified(Schema schema) {
        return namespace(schema) + "." + schema.getName();
    }

    static String namespace(Schema schema) {
        String namespace = schema.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    private static String name(EntityField field) {
        return switch (field.type()) {
            // A moment without a zone is none in OData: its text is shown.
            case FieldType.Text _, FieldType.LocalTimestamp _ -> "Edm.String";
            case FieldType.Uuid _ -> "Edm.Guid";
            case FieldType.Whole(boolean narrow) -> narrow ? "Edm.Int32" : "Edm.Int64";
            case FieldType.Real(boolean narrow) -> narrow ? "Edm.Single" : "Edm.Double";
            case FieldType.Bool _ -> "Edm.Boolean";
            case FieldType.Decimal _ -> "Edm.Decimal";
            case FieldType.Date _ -> "Edm.Date";
            case FieldType.Time _ -> "Edm.TimeOfDay";
            case FieldType.Timestamp _ -> "Edm.DateTimeOffset";
            case FieldType.Symbol _ -> qualified(field.schema());
            case FieldType.Bytes _ -> "Edm.Binary";
            case FieldType.Document _ -> "Edm.Untyped";
        };
    }

    private static String digits(boolean micros) {
        return micros ? "6" : "3";
    }
}

package dev.understudy.schemas.codec;

import dev.understudy.schemas.model.EntityType;
import org.apache.avro.Schema;

/** A type with a field of every kind, each once required and once optional where that matters. */
final class EveryField {
    static final EntityType TYPE =
            EntityType.of(
                    new Schema.Parser()
                            .parse(
                                    """
                                    {"type": "record", "name": "Every", "namespace": "test", "entity.key": "id", "fields": [
                                      {"name": "id", "type": "long"},
                                      {"name": "text", "type": ["null", "string"], "default": null},
                                      {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
                                      {"name": "small", "type": "int"},
                                      {"name": "large", "type": ["null", "long"], "default": null},
                                      {"name": "single", "type": "float"},
                                      {"name": "precise", "type": "double"},
                                      {"name": "flag", "type": "boolean"},
                                      {"name": "money", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 2}},
                                      {"name": "fixedMoney", "type": {"type": "fixed", "name": "M", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 4}},
                                      {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                                      {"name": "millis", "type": {"type": "int", "logicalType": "time-millis"}},
                                      {"name": "micros", "type": {"type": "long", "logicalType": "time-micros"}},
                                      {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                                      {"name": "atMillis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                                      {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
                                      {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}},
                                      {"name": "blob", "type": "bytes"},
                                      {"name": "hash", "type": {"type": "fixed", "name": "H", "size": 4}},
                                      {"name": "tags", "type": {"type": "array", "items": "string"}},
                                      {"name": "scores", "type": ["null", {"type": "map", "values": ["null", "double"]}], "default": null},
                                      {"name": "address", "type": {"type": "record", "name": "Address", "fields": [
                                         {"name": "street", "type": "string"},
                                         {"name": "since", "type": {"type": "int", "logicalType": "date"}},
                                         {"name": "note", "type": ["null", "string"], "default": null}]}}
                                    ]}\
                                    """));

    private EveryField() {}
}

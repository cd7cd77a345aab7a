package dev.understudy.schemas.model;

import java.util.List;

/** A unique business key beside the ID: one or more fields of the type, in declared order. */
public record AlternateKey(List<EntityField> fields) {
    public AlternateKey {
        fields = List.copyOf(fields);
    }
}

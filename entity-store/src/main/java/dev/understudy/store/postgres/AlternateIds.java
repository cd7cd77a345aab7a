package dev.understudy.store.postgres;

import dev.understudy.schemas.model.AlternateKey;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.AlternateId;
import java.util.ArrayList;
import java.util.List;

/** The alternate keys that content has all values of. */
final class AlternateIds {
    private AlternateIds() {}

    static List<AlternateId> of(EntityContent content) {
        List<AlternateId> ids = new ArrayList<>();
        for (AlternateKey key : content.type().alternateKeys()) {
            List<Object> values = new ArrayList<>();
            for (EntityField field : key.fields()) {
                Object value = content.value(field);
                if (value != null) {
                    values.add(value);
                }
            }
            if (values.size() == key.fields().size()) {
                ids.add(new AlternateId(content.type(), key, values));
            }
        }
        return ids;
    }
}

package dev.understudy.instance.write;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;

/** What a request means for a row. */
sealed interface Decision {
    /** An entity comes to be: no row, a placeholder or a deletion marker was there. */
    record Insert(EntityRow after) implements Decision {}

    /** An entity changes, or is written again as it was. */
    record Update(EntityRow after) implements Decision {}

    /** An entity ends. */
    record Delete(EntityRow marker, EntityContent last) implements Decision {}

    record Refuse(Refusal refusal) implements Decision {}
}

package dev.understudy.instance.query;

import dev.understudy.schemas.model.EntityField;

/** A reference in whose place the entity itself is shown, and how. */
public record Expansion(EntityField reference, Shape shape) {}

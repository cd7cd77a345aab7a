package dev.understudy.schemas.model;

/**
 * A field that holds another entity's key.
 *
 * @param type full name of the entity type that is referred to
 */
public record Reference(String type, OnMissing onMissing) {}

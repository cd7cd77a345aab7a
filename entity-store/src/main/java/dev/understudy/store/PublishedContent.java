package dev.understudy.store;

import dev.understudy.schemas.model.EntityContent;

/**
 * A row's content as its change event is to tell it.
 *
 * @param content with all fields of the installed schema
 * @param schema the installed schema that this was made by, as the store names it
 */
public record PublishedContent(EntityContent content, String schema) {}

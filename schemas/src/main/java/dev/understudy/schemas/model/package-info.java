/**
 * What an entity type is, read from its Avro schema and the schema's {@code entity.*} properties.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.schemas.model;

/** Descriptions of the API, made from the entity types: CSDL, and OpenAPI. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.description;

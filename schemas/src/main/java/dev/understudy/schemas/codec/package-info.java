/** Content to and from Avro and JSON. */
@org.jspecify.annotations.NullMarked
package dev.understudy.schemas.codec;

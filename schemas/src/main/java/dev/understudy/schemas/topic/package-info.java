/** The names of topics. */
@org.jspecify.annotations.NullMarked
package dev.understudy.schemas.topic;

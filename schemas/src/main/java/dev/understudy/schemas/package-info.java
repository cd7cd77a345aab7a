/** Entity model, change events, codecs and topic names: all that a producer or consumer needs. */
@org.jspecify.annotations.NullMarked
package dev.understudy.schemas;

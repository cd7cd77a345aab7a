/** Tests of the description package. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.description;

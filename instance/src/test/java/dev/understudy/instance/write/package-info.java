/** Tests of the write package. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.write;

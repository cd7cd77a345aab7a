/** Publishing rows again as they are: all of some types, or those that somebody asks for. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.snapshot;

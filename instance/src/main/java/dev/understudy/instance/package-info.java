/** What a source instance and a target instance have in common. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance;

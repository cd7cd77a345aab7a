/** The validated configuration of an instance, and the beans that follow from it. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.configuration;

/** Tests of the configuration package. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.configuration;

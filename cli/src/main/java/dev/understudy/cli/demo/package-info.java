/** The mission in four acts, played on real parts. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.demo;

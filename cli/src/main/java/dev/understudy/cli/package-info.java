/** The {@code understudy} command: one class per subcommand. */
@NullMarked
package dev.understudy.cli;

import org.jspecify.annotations.NullMarked;

/** Tests of the sandbox, most of them on its real parts. */
@NullMarked
package dev.understudy.sandbox;

import org.jspecify.annotations.NullMarked;

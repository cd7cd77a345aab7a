/** Asking owners for what is only a placeholder here, and answering those who ask. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.hydration;

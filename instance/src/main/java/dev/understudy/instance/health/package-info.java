/** Whether an instance is ready to serve. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.health;

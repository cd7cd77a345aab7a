/** What the administration under {@code /admin} has in common: how it answers, and its errors. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.admin;

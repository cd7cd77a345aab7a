/** The contoso domain as the line-of-business app sees it, and its realistic seeded data. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.contoso;

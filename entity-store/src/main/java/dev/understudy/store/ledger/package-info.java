/** What is known of placeholders: how many, how old, who refers to them, which nobody will fill. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.ledger;

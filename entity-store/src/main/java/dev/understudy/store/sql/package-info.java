/** What every statement needs: values, failures, transactions with retries. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.sql;

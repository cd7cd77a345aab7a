/** The report on problem tickets: one model, and its forms for a terminal, as CSV and as HTML. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.report;

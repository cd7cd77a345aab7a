/** The report on problem tickets: one model, and its form for a terminal. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.report;

package dev.understudy.lob;

/** The forms that the report comes in. */
enum ReportFormat {
    TERMINAL,
    CSV,
    HTML
}

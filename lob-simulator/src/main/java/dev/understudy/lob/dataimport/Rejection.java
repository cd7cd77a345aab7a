package dev.understudy.lob.dataimport;

/** A row that did not go in: where it starts, and why, by a stable code and in words. */
public record Rejection(long line, String code, String reason) {}

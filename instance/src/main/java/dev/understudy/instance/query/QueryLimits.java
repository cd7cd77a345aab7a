package dev.understudy.instance.query;

/**
 * How large a query may be.
 *
 * @param filterDepth parentheses, functions and negations within each other
 * @param filterTerms operands of one filter
 * @param expands references that are expanded, at all levels
 * @param urlBytes of a URL that the server takes, which a link to the next page is, too
 */
public record QueryLimits(int filterDepth, int filterTerms, int expands, int urlBytes) {}

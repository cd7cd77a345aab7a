package dev.understudy.instance.configuration;

import dev.understudy.instance.query.QueryLimits;
import dev.understudy.service.InvalidConfigurationException;
import java.time.Duration;

/**
 * Properties {@code understudy.web.*}: limits of the Web API.
 *
 * @param pageSize rows of a page where the caller does not say, 1 to 100,000
 * @param maxPageSize rows of a page, and groups of a grouping, at most, 1 to 100,000
 * @param maxBodyBytes bytes of a request's body at most, 1 kB to 10 MB
 * @param queryTimeoutMs milliseconds that a query may take in the database, 10 to 60,000
 * @param query how large a query may be
 * @param batch how large a batch may be
 */
public record WebConfiguration(
        int pageSize,
        int maxPageSize,
        int maxBodyBytes,
        int queryTimeoutMs,
        QueryLimits query,
        Batch batch) {
    /** A query: 30 levels deep, 200 operands, 10 references expanded, 16 KiB of URL. */
    static final QueryLimits QUERY = new QueryLimits(30, 200, 10, 16_384);

    /**
     * How large a batch may be, and an action on many entities.
     *
     * @param maxRequests requests of a batch, and targets of an action, 1 to 100,000
     * @param maxBytes bytes of its body, 1 kB to 10 MB
     * @param maxAnswerBytes bytes of its answer after which no more of it is done, 1 kB to 1 GB
     * @param timeout after which no more of it is done, 10 ms to 10 minutes
     */
    public record Batch(int maxRequests, int maxBytes, int maxAnswerBytes, Duration timeout) {}

    public WebConfiguration {
        InvalidConfigurationException.between(
                1, 100_000, "understudy.web.max-batch-requests", batch.maxRequests());
        InvalidConfigurationException.between(
                1000, 10_000_000, "understudy.web.max-batch-bytes", batch.maxBytes());
        InvalidConfigurationException.between(
                1000,
                1_000_000_000,
                "understudy.web.max-batch-answer-bytes",
                batch.maxAnswerBytes());
        InvalidConfigurationException.between(
                10, 600_000, "understudy.web.batch-timeout-ms", batch.timeout().toMillis());
        InvalidConfigurationException.between(1, 100_000, "understudy.web.page-size", pageSize);
        InvalidConfigurationException.between(
                pageSize, 100_000, "understudy.web.max-page-size", maxPageSize);
        InvalidConfigurationException.between(
                1000, 10_000_000, "understudy.web.max-body-bytes", maxBodyBytes);
        InvalidConfigurationException.between(
                10, 60_000, "understudy.web.query-timeout-ms", queryTimeoutMs);
        InvalidConfigurationException.between(
                1, 100, "understudy.web.max-filter-depth", query.filterDepth());
        InvalidConfigurationException.between(
                1, 1000, "understudy.web.max-filter-terms", query.filterTerms());
        InvalidConfigurationException.between(
                0, 100, "understudy.web.max-expands", query.expands());
        InvalidConfigurationException.between(
                1000, 1_000_000, "understudy.web.max-url-bytes", query.urlBytes());
    }
}

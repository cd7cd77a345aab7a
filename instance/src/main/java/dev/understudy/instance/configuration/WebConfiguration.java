package dev.understudy.instance.configuration;

import dev.understudy.service.InvalidConfigurationException;

/**
 * Properties {@code understudy.web.*}: limits of the Web API.
 *
 * @param pageSize rows of a page where the caller does not say, 1 to 100,000
 * @param maxPageSize rows of a page at most, 1 to 100,000
 * @param maxBodyBytes bytes of a request's body at most, 1 kB to 10 MB
 */
public record WebConfiguration(int pageSize, int maxPageSize, int maxBodyBytes) {
    public WebConfiguration {
        InvalidConfigurationException.between(1, 100_000, "understudy.web.page-size", pageSize);
        InvalidConfigurationException.between(
                pageSize, 100_000, "understudy.web.max-page-size", maxPageSize);
        InvalidConfigurationException.between(
                1000, 10_000_000, "understudy.web.max-body-bytes", maxBodyBytes);
    }
}

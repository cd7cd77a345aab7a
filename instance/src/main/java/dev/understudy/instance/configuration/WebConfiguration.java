package dev.understudy.instance.configuration;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Properties {@code understudy.web.*}: limits of the Web API.
 *
 * @param pageSize rows of a page where the caller does not say, 1 to 100,000
 * @param maxPageSize rows of a page at most, 1 to 100,000
 * @param maxBodyBytes bytes of a request's body at most, 1 kB to 100 MB
 */
@ConfigurationProperties("understudy.web")
public record WebConfiguration(
        @Bindable(defaultValue = "500") int pageSize,
        @Bindable(defaultValue = "5000") int maxPageSize,
        @Bindable(defaultValue = "1048576") int maxBodyBytes) {
    public WebConfiguration {
        InvalidConfigurationException.between(1, 100_000, "understudy.web.page-size", pageSize);
        InvalidConfigurationException.between(
                pageSize, 100_000, "understudy.web.max-page-size", maxPageSize);
        InvalidConfigurationException.between(
                1000, 100_000_000, "understudy.web.max-body-bytes", maxBodyBytes);
    }
}

/** What every service has: its configuration, its start and how that fails, its metrics. */
@org.jspecify.annotations.NullMarked
package dev.understudy.service;

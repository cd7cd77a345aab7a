/**
 * Real Kafka, Schema Registry and PostgreSQL, and Understudy's services, as processes on loopback.
 *
 * <p>A JUnit test that needs the whole system:
 *
 * <pre>{@code
 * private static final Sandbox sandbox = Sandbox.open(SandboxOptions.defaults());
 *
 * @AfterAll
 * static void close() { sandbox.close(); }
 * }</pre>
 *
 * A test that needs one part opens just that, on a free port and in a directory of its own: {@link
 * dev.understudy.sandbox.PostgresServer}, {@link dev.understudy.sandbox.KafkaServer}, {@link
 * dev.understudy.sandbox.RegistryServer}. Tests of one JVM that need only databases share a server:
 *
 * <pre>{@code
 * Database database = PostgresServer.shared().freshDatabase();
 * }</pre>
 *
 * Whatever was opened and not closed is stopped when the JVM ends, also by Ctrl-C, SIGTERM and, on
 * systems with a POSIX shell, by SIGKILL (then only temporary directories are left).
 */
@NullMarked
package dev.understudy.sandbox;

import org.jspecify.annotations.NullMarked;

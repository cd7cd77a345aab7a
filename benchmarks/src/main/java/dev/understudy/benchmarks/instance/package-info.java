/** What an instance's writes cost: published or not, on placeholders or not, over HTTP or not. */
@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks.instance;

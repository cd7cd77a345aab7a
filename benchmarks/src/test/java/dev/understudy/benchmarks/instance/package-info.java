@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks.instance;

@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.load;

/** Writers that know, by what was accepted, what must be there afterwards. */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.load;

/** The protocol as a deterministic simulation: the code that decides, over IO that is made up. */
@org.jspecify.annotations.NullMarked
package dev.understudy.system.simulation;

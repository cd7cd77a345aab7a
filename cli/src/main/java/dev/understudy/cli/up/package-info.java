/** The whole system on this machine: started, shown, and stopped with the command. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.up;

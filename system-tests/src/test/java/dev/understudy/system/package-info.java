/** Tests across processes, and the rules that the modules keep. */
@org.jspecify.annotations.NullMarked
package dev.understudy.system;

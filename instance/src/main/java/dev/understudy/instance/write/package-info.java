/** The write pipeline: from a request, through steps, to a saved row and its publication. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.write;

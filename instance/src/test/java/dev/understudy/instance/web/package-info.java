/** Tests of the web package. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.web;

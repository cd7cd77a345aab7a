/** Tests of what every service has. */
@org.jspecify.annotations.NullMarked
package dev.understudy.service;

/** Tests of who may ask a service for what. */
@org.jspecify.annotations.NullMarked
package dev.understudy.service.security;

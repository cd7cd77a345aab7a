/**
 * Who may ask a service for what: bearer tokens, the roles they grant, and where none is needed.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.service.security;

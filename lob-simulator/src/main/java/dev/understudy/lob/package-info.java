/** The line-of-business app of the mission: loads reference data, submits tickets, reports. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob;

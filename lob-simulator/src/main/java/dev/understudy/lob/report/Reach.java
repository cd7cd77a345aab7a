package dev.understudy.lob.report;

import dev.understudy.lob.client.InstanceFault;

/** Whether the owner of the names answered while the report was made. */
public sealed interface Reach {

    /** It answered all that was asked. */
    record Reached() implements Reach {}

    /** It gave no usable answer: the fault's code, and which request failed how. */
    record Away(InstanceFault.Code code, String reason) implements Reach {}
}

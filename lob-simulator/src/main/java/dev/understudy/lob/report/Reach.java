package dev.understudy.lob.report;

import dev.understudy.lob.client.Circuit;
import dev.understudy.lob.client.InstanceFault;

/** Whether the owner of the names answered while the report was made. */
public sealed interface Reach {

    /** It answered all that was asked. */
    record Reached() implements Reach {}

    /**
     * It gave no usable answer: the fault's code, which request failed how, and the circuit to it
     * after that.
     */
    record Away(InstanceFault.Code code, String reason, Circuit circuit) implements Reach {}
}

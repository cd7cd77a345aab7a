package dev.understudy.replicator.letters;

import java.util.Optional;

/**
 * Which open dead letters are meant; all, if nothing is said.
 *
 * @param reason such as {@code refused}
 * @param topic where the record was first
 */
public record Selection(Optional<String> reason, Optional<String> topic) {
    public static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

    boolean holds(String ofReason, String ofTopic) {
        return reason.map(ofReason::equals).orElse(true) && topic.map(ofTopic::equals).orElse(true);
    }
}

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

    boolean holds(Letter letter) {
        return reason.map(letter.reason()::equals).orElse(true)
                && topic.map(letter.origin().topic()::equals).orElse(true);
    }
}

package dev.understudy.replicator.letters;

import java.util.Map;
import java.util.Optional;

/**
 * All of a dead letter.
 *
 * @param reported its own headers: where it was first, why it could not be applied, when
 * @param headers those that the record came with
 * @param decoded as far as its bytes can be read
 */
public record LetterDetail(
        LetterId id,
        Optional<Decision> decision,
        Map<String, String> reported,
        Map<String, String> headers,
        LetterBytes bytes,
        LetterContent decoded) {}

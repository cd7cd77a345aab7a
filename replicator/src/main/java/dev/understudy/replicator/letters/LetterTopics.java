package dev.understudy.replicator.letters;

import dev.understudy.schemas.topic.TopicNames;
import java.util.Map;

/**
 * The topics of one target's dead letters.
 *
 * @param client what a consumer of them is configured with, beside its deserializers
 */
public record LetterTopics(String letters, String decisions, Map<String, Object> client) {
    public static LetterTopics of(String target, Map<String, Object> client) {
        return new LetterTopics(
                TopicNames.deadLetters(target), TopicNames.deadLetterDecisions(target), client);
    }
}

package dev.understudy.replicator.letters;

import dev.understudy.replicator.apply.Redrive;
import dev.understudy.schemas.event.PoisonReason;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that wait for a schema that can read them: a few are tried at each look, and as soon as
 * one gets through all that follow it. One thread's.
 */
public final class Parked {
    private static final Logger LOG = LoggerFactory.getLogger(Parked.class);
    private static final int PAGE = 100;
    private static final Selection WAITING =
            new Selection(Optional.of(PoisonReason.SCHEMA.code()), Optional.empty());

    private final DeadLetters letters;
    private Optional<LetterId> after = Optional.empty();

    public Parked(DeadLetters letters) {
        this.letters = letters;
    }

    /**
     * Tries the next ones.
     *
     * @throws RuntimeException if a part is away
     */
    public void look() {
        long redriven;
        do {
            List<LetterId> page = letters.ids(WAITING, after, PAGE);
            redriven =
                    letters.redrive(page).values().stream()
                            .filter(Redrive.Result.Done.class::isInstance)
                            .count();
            if (redriven > 0) {
                LOG.info("Redrove {} events that were parked for their schema", redriven);
            }
            after = page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast());
        } while (redriven > 0 && after.isPresent());
    }
}

package dev.understudy.chaos.load;

import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Accounts that tickets refer to: such as may be there, deleted or not yet created, such as were
 * accepted just now and are still on their way, and such as nobody will ever create. Used by one
 * thread.
 */
public final class References implements Supplier<UUID> {
    private static final int UNKNOWN_IN = 20;

    /** So that no key comes out that somebody else makes of the same seed. */
    private static final long SALT = 0x7EF5;

    private final SourceLoad source;
    private final Random random;

    /** Chosen by a seed from what a source writes. */
    public References(SourceLoad source, long seed) {
        this.source = source;
        this.random = new Random(seed ^ SALT << 32);
    }

    @Override
    public UUID get() {
        if (random.nextInt(UNKNOWN_IN) == 0) {
            return new UUID(random.nextLong(), random.nextLong());
        }
        UUID any = source.anyAccount(random);
        return random.nextBoolean() ? any : source.latestAccount().orElse(any);
    }
}

package dev.understudy.chaos;

import dev.understudy.chaos.check.ForeignKeys;
import dev.understudy.chaos.check.Guarantee;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.check.VersionHistory;
import dev.understudy.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/** What looks at both databases all the time. */
final class Observers implements AutoCloseable {
    private final VersionHistory owner;
    private final VersionHistory replica;
    private final ForeignKeys ownerKeys;
    private final ForeignKeys replicaKeys;

    private Observers(Sandbox sandbox) {
        owner = VersionHistory.watch(sandbox.usDatabase(), "account", "contact");
        replica = VersionHistory.watch(sandbox.europeDatabase(), "account", "contact", "ticket");
        ownerKeys = ForeignKeys.watch(sandbox.usDatabase());
        replicaKeys = ForeignKeys.watch(sandbox.europeDatabase());
    }

    static Observers watch(Sandbox sandbox) {
        return new Observers(sandbox);
    }

    /** Ends them, and tells what they saw. */
    List<Verdict> verdicts() {
        return List.of(
                both(Guarantee.NEVER_BACK, owner.verdict(), replica.verdict()),
                both(Guarantee.FOREIGN_KEYS_HOLD, ownerKeys.verdict(), replicaKeys.verdict()));
    }

    private static Verdict both(Guarantee guarantee, Verdict one, Verdict other) {
        List<String> violations = new ArrayList<>(one.violations());
        violations.addAll(other.violations());
        return new Verdict(guarantee, one.judged() + other.judged(), violations);
    }

    @Override
    public void close() {
        owner.close();
        replica.close();
        ownerKeys.close();
        replicaKeys.close();
    }
}

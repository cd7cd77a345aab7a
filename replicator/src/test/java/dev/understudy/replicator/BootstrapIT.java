package dev.understudy.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replicator.apply.Events;
import dev.understudy.replicator.progress.CaughtUp;
import dev.understudy.schemas.event.ChangeKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new target, one that reads everything again, and what owners purge. */
@Timeout(240)
class BootstrapIT {
    private static final int ACCOUNTS = 5000;

    /** Any write to a row changes where it is, or by whom it was written. */
    private static final String ROWS =
            """
            SELECT count(*) || ' ' || coalesce(md5(
                string_agg(a::text || ctid::text || xmin::text, ',' ORDER BY account_id)), '')
            FROM contoso_crm.account AS a
            """;

    private final Rig rig = new Rig();

    BootstrapIT() throws Exception {}

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aNewTargetSaysHowFarItIsAndAReplayChangesNothingAndSaysSo() throws Exception {
        for (int i = 0; i < ACCOUNTS; i++) {
            rig.owner.send(Events.account(i, 1));
        }
        Rig.eventually(
                "all in Kafka",
                () -> rig.ends().values().stream().mapToLong(end -> end).sum() == ACCOUNTS);
        try (Assembly first = rig.replication()) {
            assertThat(first.progress().report().since()).isPresent();
            CaughtUp end = caughtUp(first);
            assertThat(end.outcomes()).containsEntry("applied", (long) ACCOUNTS);
            assertThat(end.hasChangedRows()).isTrue();
            assertThat(first.progress().report().allLeft()).isZero();
        }
        String rows = rows();
        assertThat(rows).startsWith(ACCOUNTS + " ");
        forgetOffsets();

        try (Assembly again = rig.replication()) {
            CaughtUp end = caughtUp(again);
            assertThat(end.outcomes()).containsEntry("stale", (long) ACCOUNTS);
            assertThat(end.hasChangedRows()).isFalse();
            assertThat(end.words()).contains(ACCOUNTS + " records", "nothing has changed");
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void markerOfWhatAnOwnerPurgesStaysUntilItLivesAgain() throws Exception {
        try (Assembly _ = rig.replication()) {
            rig.owner.publish(Events.account(1, 1));
            rig.owner.publish(Events.account(1, 2, ChangeKind.DELETED));
            rig.owner.publish(Events.account(2, 2, ChangeKind.DELETED));
            Rig.eventually("markers", () -> rows().startsWith("2 "));
            purge(1);
            purge(2);
            rig.owner.publish(Events.account(2, 4));
            Rig.eventually("another life", () -> rig.replica.hydrated("account") == 1);
            Rig.eventually("commits", rig::committedToTheEnd);
            assertThat(rows()).startsWith("2 ");
        }
    }

    private void purge(int account) throws Exception {
        byte[] key = Events.key(account).text().getBytes(UTF_8);
        rig.owner.publish(new ProducerRecord<>(Events.ACCOUNTS.topic(), key, null));
    }

    private static CaughtUp caughtUp(Assembly assembly) throws Exception {
        Rig.eventually("caught up", () -> assembly.progress().report().last().isPresent());
        assertThat(assembly.progress().report().since()).isEmpty();
        return assembly.progress().report().last().orElseThrow();
    }

    private void forgetOffsets() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", rig.kafka.bootstrapServers()))) {
            admin.deleteConsumerGroups(List.of(rig.settings().applicationId()))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private String rows() throws Exception {
        return rig.replica.text(ROWS);
    }
}

package dev.understudy.instance.write;

import static dev.understudy.instance.write.Tickets.complete;
import static dev.understudy.instance.write.Tickets.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.instance.Contoso;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.AliasReferences;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An account that tickets refer to by its number comes under its own key. */
@Timeout(60)
final class ReferenceMoverIT {
    private static final AlternateId NUMBER =
            new AlternateId(
                    Contoso.ACCOUNT, Contoso.ACCOUNT.alternateKeys().getFirst(), List.of("A-1"));
    private static final EntityId ACCOUNT = Contoso.id(Contoso.ACCOUNT, 7);
    private static final int TICKETS = 250;

    private final RecordedPublication publication = new RecordedPublication();
    private HikariDataSource pool;
    private PostgresEntityStore store;
    private AliasReferences references;
    private ReferenceMover mover;

    @BeforeEach
    void start() {
        Database database = PostgresServer.shared().freshDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        pool = new HikariDataSource(config);
        StoreSchema.install(pool, Contoso.CATALOG);
        store = new PostgresEntityStore(pool, Contoso.CATALOG, "europe");
        references = new AliasReferences(pool, Contoso.CATALOG, "europe");
        mover =
                new ReferenceMover(
                        references, store, publication, Clock.fixed(Tickets.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void everyTicketMovesByAWriteOfItsOwn() {
        EntityId provisional = writeTickets();
        store.apply(List.of(arrival()));
        assertThat(references.referrers(provisional, 1000)).hasSize(TICKETS);

        mover.move();

        assertThat(references.unsettled(10)).isEmpty();
        assertThat(references.referrers(provisional, 1000)).isEmpty();
        assertThat(publication.published()).hasSize(TICKETS);
        for (int i = 1; i <= TICKETS; i++) {
            EntityRow ticket = store.read(Contoso.id(Contoso.TICKET, i)).orElseThrow();
            assertThat(ticket.version()).isEqualTo(new Version(2));
            assertThat(ticket.content().reference(Contoso.field(Contoso.TICKET, "accountId")))
                    .isEqualTo(ACCOUNT.key());
        }
    }

    @Test
    void nothingMovesWhileTheAccountHasNotCome() {
        writeTickets();
        mover.move();
        assertThat(publication.published()).isEmpty();
    }

    private EntityId writeTickets() {
        return store.write(transaction -> {
            EntityId account = transaction.resolve(List.of(NUMBER)).get(NUMBER);
            for (int i = 1; i <= TICKETS; i++) {
                EntityContent content =
                        Contents.with(
                                Contents.with(
                                        Contents.defaults(Contoso.id(Contoso.TICKET, i)),
                                        complete()),
                                List.of(
                                        given("ticketNumber", "T-" + i),
                                        given("accountId", account.key().value())));
                transaction.save(
                        new EntityRow(content, RecordState.HYDRATED, new Version(1), Tickets.NOW));
            }
            return account;
        });
    }

    private static ChangeEvent arrival() {
        EntityContent content =
                Contents.with(
                        Contents.defaults(ACCOUNT),
                        List.of(
                                new GivenField(
                                        Contoso.field(Contoso.ACCOUNT, "accountNumber"), "A-1"),
                                new GivenField(Contoso.field(Contoso.ACCOUNT, "name"), "Contoso"),
                                new GivenField(
                                        Contoso.field(Contoso.ACCOUNT, "createdOn"), Tickets.NOW)));
        return new ChangeEvent(
                ACCOUNT.key(),
                content,
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(1),
                        new Position(1, 100),
                        Tickets.NOW,
                        Optional.empty()));
    }
}

package dev.understudy.store.postgres;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.PublishedContent;
import dev.understudy.store.RecordState;
import dev.understudy.store.RowRefusedException;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreTransaction;
import dev.understudy.store.install.KnownSchemas;
import dev.understudy.store.ledger.Awaited;
import dev.understudy.store.ledger.NameHints;
import dev.understudy.store.postgres.Saves.Care;
import dev.understudy.store.purge.VersionFloors;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A write path's transaction on one connection, in READ COMMITTED. What returns nothing is queued,
 * and goes to the database with what comes next, or at the end.
 */
final class PostgresTransaction implements StoreTransaction {
    private final Statements statements;
    private final AllRows rows;
    private final Aliases aliases;
    private final Claims claims;
    private final Care care;
    private final Saves saves;
    private final Map<String, Version> floors = new HashMap<>();
    private final Emissions emissions;
    private final Notes notes;

    PostgresTransaction(
            Statements statements,
            AllRows rows,
            Aliases aliases,
            Claims claims,
            Care care,
            KnownSchemas schemas) {
        this.statements = statements;
        this.rows = rows;
        this.aliases = aliases;
        this.claims = claims;
        this.care = care;
        this.saves = new Saves(statements, rows, claims, care);
        this.emissions = new Emissions(schemas);
        this.notes = new Notes(statements);
    }

    /** Runs what is queued, and sends the messages. */
    void finish() {
        emissions.queue(statements);
        flush();
    }

    @Override
    public void flush() {
        run("write", statements::flush);
    }

    @Override
    public Optional<EntityRow> lock(EntityId id) {
        Optional<RowReader.Found> found = found(id);
        EntityKey entity = found.map(RowReader.Found::aliasOf).orElse(null);
        return (entity == null ? found : found(new EntityId(id.type(), entity)))
                .map(RowReader.Found::row);
    }

    @Override
    public Map<EntityId, EntityRow> lockAll(Collection<EntityId> ids) {
        Map<EntityId, EntityRow> locked = new HashMap<>();
        List<EntityId> aliases = new ArrayList<>();
        run(
                "lock %d rows".formatted(ids.size()),
                () -> {
                    rows.lockAll(
                            statements,
                            ids,
                            found -> {
                                if (found.aliasOf() == null) {
                                    locked.put(found.row().id(), found.row());
                                } else {
                                    aliases.add(found.row().id());
                                }
                            });
                    statements.flush();
                });
        aliases.forEach(alias -> lock(alias).ifPresent(row -> locked.put(alias, row)));
        return locked;
    }

    private Optional<RowReader.Found> found(EntityId id) {
        List<RowReader.Found> found = new ArrayList<>();
        rows.of(id.type()).lock(statements, id.key(), found::add);
        readFloor(id.type());
        run("lock " + id, statements::flush);
        return found.stream().findFirst();
    }

    @Override
    public Version floor(EntityType type) {
        if (!floors.containsKey(type.fullName())) {
            readFloor(type);
            run("read the version floor of " + type, statements::flush);
        }
        return floors.getOrDefault(type.fullName(), Version.NONE);
    }

    private void readFloor(EntityType type) {
        String name = type.fullName();
        VersionFloors.read(statements, name, floor -> floors.put(name, floor));
    }

    @Override
    public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
        Map<EntityId, RecordState> states = new HashMap<>();
        place(ids, states::putAll);
        flush();
        return states;
    }

    @Override
    public void place(Collection<EntityId> ids, Consumer<Map<EntityId, RecordState>> then) {
        run("place %d rows".formatted(ids.size()), () -> rows.place(statements, ids));
        // Statements of their own also see what others have committed meanwhile.
        look(
                ids,
                states -> {
                    for (EntityId id : ids) {
                        if (!states.containsKey(id)) {
                            throw new LostRaceException(id + " is being purged", null);
                        }
                    }
                    then.accept(states);
                });
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        Map<EntityId, RecordState> states = new HashMap<>();
        look(ids, states::putAll);
        flush();
        return states;
    }

    private void look(Collection<EntityId> ids, Consumer<Map<EntityId, RecordState>> then) {
        Map<EntityId, RecordState> states = new HashMap<>();
        run(
                "look at %d rows".formatted(ids.size()),
                () -> rows.heldStates(statements, ids, states));
        statements.then(() -> then.accept(withoutAliases(states)));
    }

    /**
     * Whoever still refers to an alias looked before its entity came: the next attempt will not.
     */
    private static Map<EntityId, RecordState> withoutAliases(Map<EntityId, RecordState> states) {
        states.forEach((id, state) -> {
            if (state == RecordState.ALIAS) {
                throw new LostRaceException(id + " has become an alias", null);
            }
        });
        return states;
    }

    @Override
    public Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids) {
        Map<AlternateId, EntityId> asked = HashMap.newHashMap(ids.size());
        run(
                "resolve alternate keys",
                () -> {
                    Connection connection = statements.connection();
                    Map<AlternateId, AlternateId> meant = aliases.meant(connection, ids);
                    Map<AlternateId, EntityId> resolved =
                            claims.resolve(connection, meant.values());
                    meant.forEach((id, other) -> {
                        EntityId found = resolved.get(other);
                        if (found != null) {
                            asked.put(id, found);
                        }
                    });
                });
        return asked;
    }

    @Override
    public EntityContent withoutAliases(EntityContent content) {
        List<EntityContent> replaced = new ArrayList<>();
        run("look up aliases", () -> replaced.add(aliases.replaced(statements, content)));
        return replaced.getFirst();
    }

    @Override
    public void save(EntityRow row) {
        run("save " + row.id(), () -> saves.save(row));
    }

    @Override
    public void saveAll(List<EntityRow> all) {
        run("save %d rows".formatted(all.size()), () -> saves.saveAll(all));
    }

    @Override
    public void emit(String prefix, byte[] message) {
        emissions.add(prefix, message);
    }

    @Override
    public void emit(String prefix, byte[] message, PublishedContent content) {
        emissions.add(prefix, message, content);
    }

    @Override
    public PublishedContent asInstalled(EntityRow row, Predicate<EntityType> mayBeTold) {
        List<PublishedContent> told = new ArrayList<>();
        run("read " + row.id(), () -> told.add(emissions.contentOf(statements, row, mayBeTold)));
        return told.getFirst();
    }

    @Override
    public void hint(Map<EntityId, String> names) {
        if (!names.isEmpty()) {
            NameHints.note(statements, names);
        }
    }

    @Override
    public void awaitComplete(EntityId id, String purpose) {
        notes.await(id, purpose);
    }

    @Override
    public void awaitNoMore(EntityId id, String purpose) {
        notes.awaitNoMore(id, purpose);
    }

    @Override
    public boolean settle(Awaited awaited) {
        List<Boolean> settled = new ArrayList<>();
        notes.settle(awaited, settled::add);
        run("settle " + awaited.id(), statements::flush);
        return settled.getFirst();
    }

    @Override
    public void publishLater(EntityId id) {
        notes.publishLater(id);
    }

    @Override
    public void published(EntityId id) {
        notes.published(id);
    }

    /** What a method does. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private void run(String doing, Work work) {
        try {
            work.run();
        } catch (SQLException e) {
            throw fault(doing, e);
        }
    }

    private UnderstudyException fault(String doing, SQLException failure) {
        if (claims.areTaken(failure)) {
            care.want();
            return new LostRaceException("an alternate key is taken", failure);
        }
        if (SqlFailure.of(failure) == SqlFailure.REFUSED) {
            return new RowRefusedException(
                    SqlFailure.state(failure), SqlFailure.message(failure), failure);
        }
        StoreException fault = SqlFailure.fault(doing, failure);
        return SqlFailure.of(failure) == SqlFailure.CONFLICT
                ? new LostRaceException(String.valueOf(fault.getMessage()), failure)
                : fault;
    }
}

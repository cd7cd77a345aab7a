package dev.understudy.instance.write;

import dev.understudy.instance.write.Refusal.Reason;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a request does to a row. For all rules but a version's a placeholder counts as no
 * entity: it is there for the references to it.
 */
final class WriteRules {
    private WriteRules() {}

    /**
     * @param floor an entity without a version starts above it
     */
    static Decision decide(
            Optional<EntityRow> current, Version floor, WriteRequest request, Instant changedAt) {
        Optional<Refusal> refusal = preconditionRefusal(current, request);
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get());
        }
        Optional<EntityRow> entity = entity(current);
        // For an alias it is the row of the entity that it stands for.
        EntityId id = current.map(EntityRow::id).orElse(request.id());
        Version next =
                current.map(EntityRow::version)
                        .filter(version -> !version.equals(Version.NONE))
                        .orElse(floor)
                        .next();
        return switch (request) {
            case WriteRequest.Create create ->
                    entity.isPresent()
                            ? refuse(Reason.ALREADY_EXISTS, create.id(), "exists")
                            : insert(id, create.given(), next, changedAt);
            case WriteRequest.Upsert upsert ->
                    entity.isPresent()
                            ? update(entity.get(), upsert.given(), next, changedAt)
                            : insert(id, upsert.given(), next, changedAt);
            case WriteRequest.Delete delete ->
                    entity.isPresent()
                            ? delete(entity.get(), next, changedAt)
                            : refuse(Reason.NOT_FOUND, delete.id(), "does not exist");
        };
    }

    /** The row if it is an entity, and neither a placeholder nor a deletion marker. */
    private static Optional<EntityRow> entity(Optional<EntityRow> row) {
        return row.filter(present -> present.state() == RecordState.HYDRATED);
    }

    private static Optional<Refusal> preconditionRefusal(
            Optional<EntityRow> current, WriteRequest request) {
        EntityId id = request.id();
        Precondition precondition =
                switch (request) {
                    case WriteRequest.Create _ -> new Precondition.None();
                    case WriteRequest.Upsert upsert -> upsert.precondition();
                    case WriteRequest.Delete delete -> delete.precondition();
                };
        return preconditionRefusal(current, id, precondition);
    }

    private static Optional<Refusal> preconditionRefusal(
            Optional<EntityRow> current, EntityId id, Precondition precondition) {
        Optional<Version> version =
                current.filter(row -> row.state() != RecordState.DELETED).map(EntityRow::version);
        return switch (precondition) {
            case Precondition.None _ -> Optional.empty();
            case Precondition.MustExist _ ->
                    entity(current).isPresent()
                            ? Optional.empty()
                            : refusal(Reason.NOT_FOUND, id, "does not exist");
            case Precondition.Holds(AlternateId key, Precondition other) ->
                    entity(current).filter(row -> has(row, key)).isPresent()
                            ? preconditionRefusal(current, id, other)
                            : refusal(Reason.KEY_MOVED, id, "is not " + key + " any more");
            case Precondition.MustNotExist _ ->
                    entity(current).isEmpty()
                            ? Optional.empty()
                            : refusal(Reason.PRECONDITION_FAILED, id, "exists");
            case Precondition.VersionIn in ->
                    version.isEmpty()
                            ? refusal(Reason.NOT_FOUND, id, "does not exist")
                            : in.versions().contains(version.get())
                                    ? Optional.empty()
                                    : changed(id, version.get());
            case Precondition.VersionNotIn in ->
                    version.filter(in.versions()::contains)
                            .flatMap(unwanted -> changed(id, unwanted));
        };
    }

    private static boolean has(EntityRow row, AlternateId key) {
        for (EntityField field : key.key().fields()) {
            if (!key.values()
                    .get(key.key().fields().indexOf(field))
                    .equals(row.content().value(field))) {
                return false;
            }
        }
        return true;
    }

    private static Decision insert(
            EntityId id, List<GivenField> given, Version version, Instant changedAt) {
        EntityContent content = Contents.with(Contents.defaults(id), given);
        return Contents.missing(content)
                .<Decision>map(Decision.Refuse::new)
                .orElseGet(() -> new Decision.Insert(hydrated(content, version, changedAt)));
    }

    private static Decision update(
            EntityRow row, List<GivenField> given, Version version, Instant changedAt) {
        EntityContent content = Contents.with(row.content(), given);
        return Contents.missing(content)
                .<Decision>map(Decision.Refuse::new)
                .orElseGet(() -> new Decision.Update(hydrated(content, version, changedAt)));
    }

    private static Decision delete(EntityRow row, Version version, Instant changedAt) {
        EntityId id = row.id();
        EntityContent onlyKey = EntityContent.ofKey(id.type(), id.key());
        return new Decision.Delete(
                new EntityRow(onlyKey, RecordState.DELETED, version, changedAt), row.content());
    }

    private static EntityRow hydrated(EntityContent content, Version version, Instant changedAt) {
        return new EntityRow(content, RecordState.HYDRATED, version, changedAt);
    }

    private static Decision refuse(Reason reason, EntityId id, String what) {
        return new Decision.Refuse(refusal(reason, id, what).orElseThrow());
    }

    private static Optional<Refusal> changed(EntityId id, Version version) {
        return refusal(Reason.PRECONDITION_FAILED, id, "is at version " + version.number());
    }

    private static Optional<Refusal> refusal(Reason reason, EntityId id, String what) {
        return Optional.of(
                new Refusal(
                        reason,
                        "%s with the key '%s' %s".formatted(id.type(), id.key().text(), what)));
    }
}

package dev.understudy.instance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.admin.AdminFault;
import dev.understudy.instance.admin.AdminJson;
import dev.understudy.instance.admin.Types;
import dev.understudy.instance.snapshot.Snapshot.State;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Role;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Snapshots: ask for one, see how far it is, end it; {@code docs/publishing.md}. */
@Controller("/admin/snapshots")
@Admits(Role.ADMINISTER)
@Requires(beans = Snapshots.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SnapshotController {
    private static final byte[] NOTHING = {};
    private static final int LATEST = 50;
    private static final int FASTEST = 1_000_000;

    private final Snapshots snapshots;
    private final Types types;

    SnapshotController(Snapshots snapshots, Types types) {
        this.snapshots = snapshots;
        this.types = types;
    }

    @Post
    @Consumes("application/json")
    HttpResponse<byte[]> request(HttpRequest<byte[]> request) {
        return AdminJson.answering(() -> {
            ObjectNode body = AdminJson.read(request.getBody().orElse(NOTHING));
            return snapshots
                    .request(wanted(body), rowsPerSecond(body))
                    .map(SnapshotController::json)
                    .orElseThrow(() ->
                            AdminFault.conflict(
                                    "TooManySnapshots",
                                    "%d snapshots run or wait: wait for one, or cancel it"
                                            .formatted(SnapshotLog.MOST_RUNNING)));
        });
    }

    @Get
    HttpResponse<byte[]> list() {
        return AdminJson.answering(() -> {
            ObjectNode answer = AdminJson.object();
            ArrayNode list = answer.putArray("snapshots");
            snapshots.log().latest(LATEST).stream()
                    .filter(this::isAdministered)
                    .forEach(snapshot -> list.add(json(snapshot)));
            return answer;
        });
    }

    @Get("/{id}")
    HttpResponse<byte[]> show(@PathVariable long id) {
        return AdminJson.answering(() -> json(existing(id)));
    }

    @Delete("/{id}")
    HttpResponse<byte[]> cancel(@PathVariable long id) {
        return AdminJson.answering(() -> {
            Snapshot snapshot = existing(id);
            if (snapshot.epoch().isPresent() && isAllOwned(snapshot.types())) {
                throw AdminFault.conflict(
                        "NeededByEpoch",
                        "without snapshot %d changes would be missing".formatted(id));
            }
            var _ = snapshots.log().end(id, State.CANCELLED);
            return json(existing(id));
        });
    }

    /** If not, it waits for a type that may be gone for good. */
    private boolean isAllOwned(List<String> names) {
        return types.owned().stream().map(EntityType::fullName).toList().containsAll(names);
    }

    /** To who does not administer all of its types it is as if it were not there. */
    private boolean isAdministered(Snapshot snapshot) {
        return snapshot.types().stream().allMatch(type -> types.isGranted(type, Role.ADMINISTER));
    }

    private Snapshot existing(long id) {
        return snapshots
                .log()
                .find(id)
                .filter(this::isAdministered)
                .orElseThrow(() -> AdminFault.notFound("there is no snapshot " + id));
    }

    /** The owned types that are named, or all of them. */
    private List<String> wanted(ObjectNode body) {
        JsonNode named = body.path("types");
        List<String> wanted = new ArrayList<>();
        if (named.isMissingNode()) {
            types.requireAll(Role.ADMINISTER);
            types.owned().stream().map(EntityType::fullName).forEach(wanted::add);
        } else {
            named.forEach(name -> wanted.add(types.owned(name.asText()).fullName()));
        }
        if (wanted.isEmpty()) {
            throw AdminFault.badRequest("'types' are the names of types that are owned here");
        }
        return wanted.stream().distinct().toList();
    }

    private static OptionalInt rowsPerSecond(ObjectNode body) {
        if (!body.has("rowsPerSecond")) {
            return OptionalInt.empty();
        }
        int rows = body.get("rowsPerSecond").asInt(0);
        if (rows < 1 || rows > FASTEST) {
            throw AdminFault.badRequest("'rowsPerSecond' is 1 to " + FASTEST);
        }
        return OptionalInt.of(rows);
    }

    private static ObjectNode json(Snapshot snapshot) {
        Snapshot.Progress progress = snapshot.progress();
        ObjectNode json = AdminJson.object();
        json.put("id", snapshot.id());
        snapshot.epoch().ifPresent(epoch -> json.put("epoch", epoch));
        ArrayNode names = json.putArray("types");
        snapshot.types().forEach(names::add);
        json.put("rowsPerSecond", snapshot.rowsPerSecond());
        json.put("state", progress.state().name().toLowerCase(Locale.ROOT));
        json.put("rows", progress.rows());
        json.put("total", progress.total());
        json.put("requestedAt", progress.requestedAt().toString());
        progress.endedAt().ifPresent(time -> json.put("endedAt", time.toString()));
        json.put("words", snapshot.words());
        return json;
    }
}

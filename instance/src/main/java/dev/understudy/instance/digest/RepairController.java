package dev.understudy.instance.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.admin.AdminFault;
import dev.understudy.instance.admin.AdminJson;
import dev.understudy.instance.admin.Types;
import dev.understudy.instance.digest.Repair.Differing;
import dev.understudy.instance.digest.Repair.Repaired;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Role;
import dev.understudy.store.EntityId;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.ArrayList;
import java.util.List;

/** Takes what a comparison found to differ, and publishes it anew; {@code docs/digest.md}. */
@Controller("/admin/repairs")
@Admits(Role.ADMINISTER)
@Requires(beans = Repair.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RepairController {
    private static final byte[] NOTHING = {};
    private static final int MOST_ROWS = 500;

    /** Far from the end of all versions, whatever is asked for. */
    private static final long HIGHEST = 1L << 53;

    private final Repair repair;
    private final Types types;

    RepairController(Repair repair, Types types) {
        this.repair = repair;
        this.types = types;
    }

    @Post
    @Consumes("application/json")
    HttpResponse<byte[]> repair(HttpRequest<byte[]> request) {
        return AdminJson.answering(() -> {
            ObjectNode body = AdminJson.read(request.getBody().orElse(NOTHING));
            EntityType type = types.owned(body.path("type").asText());
            Repaired repaired = repair.repair(differing(type, body.path("rows")));
            return AdminJson.object()
                    .put("entities", repaired.entities())
                    .put("deletions", repaired.deletions());
        });
    }

    private static List<Differing> differing(EntityType type, JsonNode rows) {
        if (!rows.isArray() || rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw AdminFault.badRequest("'rows' are 1 to %d rows".formatted(MOST_ROWS));
        }
        List<Differing> differing = new ArrayList<>();
        for (JsonNode row : rows) {
            long seen = row.path("seen").asLong(0);
            if (seen < 0 || seen > HIGHEST) {
                throw AdminFault.badRequest("'seen' is a version, not " + seen);
            }
            EntityId id = new EntityId(type, type.keyType().parse(row.path("key").asText()));
            differing.add(new Differing(id, new Version(seen)));
        }
        return differing;
    }
}

package dev.understudy.instance.hydration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.admin.AdminFault;
import dev.understudy.instance.admin.AdminJson;
import dev.understudy.instance.admin.Types;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Role;
import dev.understudy.store.ledger.Orphan;
import dev.understudy.store.ledger.Orphans;
import dev.understudy.store.ledger.PlaceholderLedger;
import dev.understudy.store.ledger.ReferrerCount;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders of what their owners do not know, with who refers to them; {@code
 * docs/hydration.md}.
 */
@Controller("/admin/orphans")
@Admits(Role.ADMINISTER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrphanController {
    private static final int MOST = 500;
    private static final int NAMED_REFERRERS = 5;

    private final Orphans orphans;
    private final PlaceholderLedger ledger;
    private final Types types;
    private final Clock clock;

    OrphanController(DataSource dataSource, Catalog catalog, Types types, Clock clock) {
        this.orphans = new Orphans(dataSource, catalog);
        this.ledger = new PlaceholderLedger(dataSource, catalog);
        this.types = types;
        this.clock = clock;
    }

    /** How many there are of each type. */
    @Get
    HttpResponse<byte[]> counts() {
        return AdminJson.answering(() -> {
            ObjectNode answer = AdminJson.object();
            ArrayNode list = answer.putArray("types");
            types.requireAll(Role.ADMINISTER);
            types.all().stream()
                    .filter(entry -> !entry.owner().equals(types.instance()))
                    .forEach(entry ->
                            list.addObject()
                                    .put("type", entry.type().fullName())
                                    .put("owner", entry.owner())
                                    .put("orphans", orphans.count(entry.type())));
            return answer;
        });
    }

    /** A page of a type's, in the order of keys, with referrers that the caller administers. */
    @Get("/{type}")
    HttpResponse<byte[]> page(
            @PathVariable String type,
            @QueryValue @Nullable String after,
            @QueryValue(defaultValue = "100") int limit) {
        return AdminJson.answering(() -> {
            if (limit < 1 || limit > MOST) {
                throw AdminFault.badRequest("limit is %d: 1 to %d".formatted(limit, MOST));
            }
            EntityType entityType = types.administered(type).type();
            Optional<EntityKey> from = Optional.ofNullable(after).map(entityType.keyType()::parse);
            List<Orphan> page = orphans.page(entityType, from, limit);
            Instant now = clock.instant();
            ObjectNode answer = AdminJson.object();
            ArrayNode list = answer.putArray("orphans");
            page.forEach(orphan -> add(list.addObject(), orphan, now));
            if (page.size() == limit) {
                answer.put("next", page.getLast().id().key().text());
            }
            return answer;
        });
    }

    private void add(ObjectNode json, Orphan orphan, Instant now) {
        json.put("key", orphan.id().key().text());
        json.put("placedAt", orphan.placedAt().toString());
        json.put("ageSeconds", Duration.between(orphan.placedAt(), now).toMillis() / 1000.0);
        json.put("toldAt", orphan.toldAt().toString());
        ArrayNode referrers = json.putArray("referrers");
        for (ReferrerCount count : ledger.referrers(orphan.id())) {
            if (count.rows() > 0 && types.isGranted(count.type().fullName(), Role.ADMINISTER)) {
                ObjectNode one = referrers.addObject();
                one.put("type", count.type().fullName());
                one.put("field", count.field().name());
                one.put("rows", count.rows());
                ArrayNode keys = one.putArray("keys");
                ledger.referrers(
                                orphan.id(),
                                count.type(),
                                count.field(),
                                Optional.empty(),
                                NAMED_REFERRERS)
                        .forEach(key -> keys.add(key.text()));
            }
        }
    }
}

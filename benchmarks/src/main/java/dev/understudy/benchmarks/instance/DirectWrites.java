package dev.understudy.benchmarks.instance;

import dev.understudy.instance.write.GivenField;
import dev.understudy.instance.write.WritePipeline;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.store.EntityId;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes of the same entities within the process of an instance, without HTTP. */
final class DirectWrites {
    private DirectWrites() {}

    /** All that a write is but HTTP. */
    static Client.Maker pipeline(WritePipeline pipeline, Work work) {
        return () ->
                number -> {
                    WriteRequest request = create(work.content(number));
                    return () -> {
                        WriteResult result = pipeline.write(request);
                        if (!(result instanceof WriteResult.Created)) {
                            throw new IllegalStateException("not created: " + result);
                        }
                        return 1;
                    };
                };
    }

    /** What is left without us: one statement, of what is there and refers to what is there. */
    static Client.Maker insert(DataSource pool, Work work) {
        Table table = Table.of(work.content(0).type());
        String sql =
                "INSERT INTO %s (%s, _state, _version, _changed_at) VALUES (%s, 'h', 1, now())"
                        .formatted(
                                table.quoted(),
                                each(table, Column::quoted),
                                each(table, column -> "?::" + column.type().definition()));
        return () ->
                number -> {
                    EntityContent content = work.content(number);
                    return () -> {
                        try (Connection connection = pool.getConnection();
                                PreparedStatement insert = connection.prepareStatement(sql)) {
                            int at = 1;
                            for (EntityField field : content.type().fields()) {
                                set(insert, at++, content.value(field));
                            }
                            return insert.executeUpdate();
                        }
                    };
                };
    }

    private static WriteRequest create(EntityContent content) {
        List<GivenField> given = new ArrayList<>();
        for (EntityField field : content.type().fields()) {
            Object value = content.value(field);
            if (value != null && !field.equals(content.type().key())) {
                given.add(new GivenField(field, value));
            }
        }
        return new WriteRequest.Create(
                new EntityId(content.type(), content.key()), given, Optional.empty());
    }

    private static void set(PreparedStatement insert, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case Instant instant -> insert.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case UUID uuid -> insert.setObject(at, uuid);
            case null -> insert.setString(at, null);
            default -> insert.setString(at, value.toString());
        }
    }

    private static String each(Table table, Function<Column, String> part) {
        return table.columns().stream().map(part).collect(Collectors.joining(", "));
    }
}

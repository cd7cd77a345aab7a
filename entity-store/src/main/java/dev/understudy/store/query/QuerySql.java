package dev.understudy.store.query;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whole statements of queries. Every value of a query is bound. */
final class QuerySql {
    private static final Sql PRESENT = Sql.of("t.\"_state\" IN ('h', 'p')");

    private final Catalog catalog;
    private final Tables tables;

    QuerySql(Catalog catalog, Tables tables) {
        this.catalog = catalog;
        this.tables = tables;
    }

    /** The rows of a page, with the values of their places behind their columns. */
    Sql page(EntityQuery query, RowReader reader) {
        OperandSql operands = new OperandSql(catalog, tables, query.type());
        OrderSql order = new OrderSql(operands, query.order());
        List<Sql> conditions = conditions(operands, query.filter());
        query.after().map(order::after).ifPresent(conditions::add);
        return Sql.of("SELECT " + reader.columns("t.") + ", ")
                .then(order.values())
                .then(" FROM " + operands.from())
                .then(where(conditions))
                .then(" ORDER BY ")
                .then(order.by())
                .then(" LIMIT " + query.limit())
                .then(query.skip() == 0 ? "" : " OFFSET " + query.skip());
    }

    Sql count(EntityType type, Optional<Predicate> filter) {
        OperandSql operands = new OperandSql(catalog, tables, type);
        List<Sql> conditions = conditions(operands, filter);
        return Sql.of("SELECT count(*) FROM " + operands.from()).then(where(conditions));
    }

    /** The groups, their count in the last column. */
    Sql groups(GroupQuery query) {
        OperandSql operands = new OperandSql(catalog, tables, query.type());
        List<Sql> by = query.by().stream().map(operands::of).toList();
        List<Sql> order = new ArrayList<>();
        for (GroupQuery.GroupOrder one : query.order()) {
            Sql sql = one.operand().map(operands::of).orElse(Sql.of("count(*)"));
            order.add(
                    switch (one.direction()) {
                        case ASCENDING -> sql.then(" ASC NULLS FIRST");
                        case DESCENDING -> sql.then(" DESC NULLS LAST");
                    });
        }
        by.forEach(sql -> order.add(sql.then(" ASC NULLS FIRST")));
        List<Sql> conditions = conditions(operands, query.filter());
        List<Sql> columns = new ArrayList<>(by);
        columns.add(Sql.of("count(*)"));
        Sql select =
                Sql.joined(columns, ", ", "SELECT ", " FROM " + operands.from())
                        .then(where(conditions));
        Sql grouped = by.isEmpty() ? select : select.then(Sql.joined(by, ", ", " GROUP BY ", ""));
        return (order.isEmpty() ? grouped : grouped.then(Sql.joined(order, ", ", " ORDER BY ", "")))
                .then(" LIMIT " + query.limit());
    }

    private static List<Sql> conditions(OperandSql operands, Optional<Predicate> filter) {
        List<Sql> conditions = new ArrayList<>();
        conditions.add(PRESENT);
        filter.map(new PredicateSql(operands)::of).ifPresent(conditions::add);
        return conditions;
    }

    private static Sql where(List<Sql> conditions) {
        return Sql.joined(conditions, " AND ", " WHERE ", "");
    }
}

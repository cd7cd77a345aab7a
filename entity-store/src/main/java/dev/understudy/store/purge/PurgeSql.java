package dev.understudy.store.purge;

import dev.understudy.store.table.Table;

/** Statements of one type, from templates. */
record PurgeSql(Table table) {
    String of(String template) {
        return template.replace("${table}", table.quoted())
                .replace("${key}", table.key().quoted())
                .replace("${type}", table.key().type().element());
    }

    String type() {
        return table.type().fullName();
    }
}

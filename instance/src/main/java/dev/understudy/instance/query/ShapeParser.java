package dev.understudy.instance.query;

import dev.understudy.schemas.model.EntityField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code $select}, and {@code $expand} with its nested options. */
final class ShapeParser {
    private final QueryLimits limits;
    private int expands;

    ShapeParser(QueryLimits limits) {
        this.limits = limits;
    }

    static Selection selection(Fields fields, Tokens tokens) {
        Set<EntityField> selected = new HashSet<>();
        boolean all = false;
        do {
            if (tokens.accept(Token.Kind.STAR).isPresent()) {
                all = true;
            } else {
                selected.add(selected(fields, tokens.expect(Token.Kind.NAME).text()));
            }
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        return all ? Selection.ALL : new Selection(Optional.of(selected));
    }

    /** A reference is selected by its field or by its navigation property. */
    private static EntityField selected(Fields fields, String name) {
        return fields.type().references().stream()
                .filter(field -> field.navigation().equals(name))
                .findFirst()
                .orElseGet(() -> fields.field(name));
    }

    List<Expansion> expansions(Fields fields, Tokens tokens) {
        List<Expansion> expansions = new ArrayList<>();
        do {
            Expansion expansion = expansion(fields, tokens);
            if (expansions.stream()
                    .anyMatch(other -> other.reference().equals(expansion.reference()))) {
                throw InvalidQueryException.malformed(
                        "$expand: %s is expanded twice"
                                .formatted(expansion.reference().navigation()));
            }
            expansions.add(expansion);
        } while (tokens.accept(Token.Kind.COMMA).isPresent());
        return expansions;
    }

    private Expansion expansion(Fields fields, Tokens tokens) {
        if (++expands > limits.expands()) {
            throw new InvalidQueryException(
                    InvalidQueryException.Reason.TOO_COMPLEX,
                    "at most %d references are expanded".formatted(limits.expands()));
        }
        EntityField reference = fields.reference(tokens.expect(Token.Kind.NAME).text());
        Fields target = fields.through(reference);
        Selection selection = Selection.ALL;
        List<Expansion> nested = List.of();
        if (tokens.accept(Token.Kind.OPEN).isPresent()) {
            do {
                String option = tokens.expect(Token.Kind.NAME).text();
                tokens.expect(Token.Kind.EQUALS);
                switch (option) {
                    case "$select" -> selection = selection(target, tokens);
                    case "$expand" -> nested = expansions(target, tokens);
                    default -> throw InvalidQueryException.unsupported(option + " in $expand");
                }
            } while (tokens.accept(Token.Kind.SEMICOLON).isPresent());
            tokens.expect(Token.Kind.CLOSE);
        }
        return new Expansion(reference, new Shape(selection, nested));
    }
}

package dev.understudy.store.query;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.FieldType;
import dev.understudy.store.RecordState;
import java.util.List;
import java.util.stream.Stream;

/** What a condition compares, and what an order sorts by. */
public sealed interface Operand {
    /** The type of its values. */
    FieldType type();

    /**
     * A field of the row, or of an entity that it refers to.
     *
     * @param through the references that lead there, none for the row itself
     */
    record Stored(List<EntityField> through, EntityField field) implements Operand {
        public Stored {
            through = List.copyOf(through);
        }

        @Override
        public FieldType type() {
            return field.type();
        }
    }

    /** The record state of the row, or of an entity that it refers to. */
    record State(List<EntityField> through) implements Operand {
        private static final FieldType TYPE =
                new FieldType.Symbol(
                        Stream.of(
                                        RecordState.PLACEHOLDER,
                                        RecordState.HYDRATED,
                                        RecordState.DELETED)
                                .map(RecordState::toString)
                                .toList());

        public State {
            through = List.copyOf(through);
        }

        @Override
        public FieldType type() {
            return TYPE;
        }
    }

    /** Whether the row and all that it refers to are hydrated. */
    record Complete() implements Operand {
        @Override
        public FieldType type() {
            return new FieldType.Bool();
        }
    }

    /** A value of the class that its type names, or a {@link RecordState}; it is always bound. */
    record Constant(Object value, FieldType type) implements Operand {}

    /** A function of other operands. */
    record Call(Function function, List<Operand> arguments) implements Operand {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public FieldType type() {
            return function.type();
        }
    }
}

package dev.understudy.lob.contoso;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person at a customer; owned by the source instance. */
public record Contact(
        UUID contactId, Name name, @Nullable UUID accountId, Details details, Instant createdOn) {

    /** A person's name. */
    public record Name(String first, String last) {

        public String full() {
            return first + " " + last;
        }
    }

    /** How to reach the person, and who it is. */
    public record Details(
            @Nullable String email,
            @Nullable String phone,
            @Nullable String jobTitle,
            @Nullable LocalDate birthDate) {}
}

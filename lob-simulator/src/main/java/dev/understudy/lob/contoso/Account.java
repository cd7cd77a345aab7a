package dev.understudy.lob.contoso;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A company that is a customer; owned by the source instance. */
public record Account(
        UUID accountId,
        String accountNumber,
        String name,
        Links links,
        Profile profile,
        Instant createdOn) {

    /** What the account refers to: its parent company, and the contact to call first. */
    public record Links(@Nullable UUID parentAccountId, @Nullable UUID primaryContactId) {}

    /** What is known about the company. */
    public record Profile(
            @Nullable String industry,
            @Nullable BigDecimal annualRevenue,
            @Nullable Integer employees,
            boolean creditOnHold,
            Presence presence) {}

    /** Where the company is found. */
    public record Presence(
            @Nullable String city, @Nullable String country, @Nullable String website) {}
}

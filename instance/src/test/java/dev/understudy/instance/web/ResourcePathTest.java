package dev.understudy.instance.web;

import static dev.understudy.instance.Contoso.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.instance.Contoso;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourcePathTest {
    @Test
    void aNameIsAnEntitySet() {
        assertThat(ResourcePath.parse(CATALOG, "tickets"))
                .isEqualTo(new ResourcePath.EntitySet(Contoso.TICKET));
    }

    @Test
    void aKeyNamesAnEntity() {
        assertThat(ResourcePath.parse(CATALOG, "tickets(00000000-0000-0000-0000-000000000001)"))
                .isEqualTo(
                        new ResourcePath.Entity(
                                new EntityAddress.ByKey(Contoso.id(Contoso.TICKET, 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "widgets | UnknownEntitySet",
                "Tickets | UnknownEntitySet",
                "tickets(00000000-0000-0000-0000-000000000001 | InvalidKey",
                "tickets(00000000-0000-0000-0000-000000000001)x | InvalidKey",
                "tickets(title='T-1') | InvalidKey",
                "tickets(ticketNumber=1) | InvalidKey",
                "tickets(ticketNumber='1',title='x') | InvalidKey",
                "tickets(ticketNumber='1',ticketNumber='2') | InvalidKey",
                "tickets(ticketNumber=null) | InvalidKey",
                "tickets(00000000-0000-0000-0000-000000000001)/colour | NotFound",
                "tickets(00000000-0000-0000-0000-000000000001)/title/x | NotImplemented",
                "tickets/$value | NotImplemented",
                "tickets('a/b') | InvalidKey",
                "$all | NotImplemented",
                "%zz | InvalidKey"
            })
    void anythingElseIsRefused(String path, String code) {
        assertThatThrownBy(() -> ResourcePath.parse(CATALOG, path))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).hasToString(code));
    }
}

package dev.understudy.lob.contoso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceDataTest {

    private static final Batch BATCH = new Batch(42, 1);

    private final ReferenceData data = ReferenceData.generate(BATCH, 200, 600);

    @Test
    void sameBatchAndCountsGiveTheSameData() {
        assertThat(ReferenceData.generate(BATCH, 200, 600)).isEqualTo(data);
    }

    @Test
    void otherBatchesAndSeedsShareNoKey() {
        List<ReferenceData> all =
                List.of(
                        data,
                        ReferenceData.generate(BATCH.next(), 200, 600),
                        ReferenceData.generate(new Batch(43, 1), 200, 600));

        assertThat(all.stream().flatMap(d -> d.accounts().stream()).map(Account::accountId))
                .doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(d -> d.accounts().stream()).map(Account::accountNumber))
                .doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(d -> d.contacts().stream()).map(Contact::contactId))
                .doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(d -> d.contacts().stream()).map(c -> c.details().email()))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceIsToThisBatch() {
        Set<UUID> contacts =
                new HashSet<>(data.contacts().stream().map(Contact::contactId).toList());

        assertThat(data.contacts())
                .allSatisfy(c -> assertThat(data.accountIds()).contains(c.accountId()));
        assertThat(data.accounts())
                .allSatisfy(a -> assertThat(contacts).contains(a.links().primaryContactId()));
        assertThat(parents().values()).isSubsetOf(data.accountIds());
    }

    @Test
    void anAccountsPrimaryContactBelongsToIt() {
        Map<UUID, UUID> accountByContact = new HashMap<>();
        data.contacts().forEach(c -> accountByContact.put(c.contactId(), c.accountId()));

        assertThat(data.accounts())
                .allSatisfy(a ->
                        assertThat(accountByContact.get(a.links().primaryContactId()))
                                .isEqualTo(a.accountId()));
    }

    @Test
    void someParentsComeLaterAndNoneFormACycle() {
        List<UUID> order = data.accounts().stream().map(Account::accountId).toList();
        Map<UUID, UUID> parents = parents();

        assertThat(parents).hasSizeBetween(30, 120);
        assertThat(parents.entrySet())
                .anyMatch(e -> order.indexOf(e.getValue()) > order.indexOf(e.getKey()))
                .anyMatch(e -> order.indexOf(e.getValue()) < order.indexOf(e.getKey()));
        assertThat(order)
                .allSatisfy(id ->
                        assertThat(Stream.iterate(id, Objects::nonNull, parents::get).limit(201))
                                .hasSizeLessThan(201));
    }

    @Test
    void textsArePlausible() {
        assertThat(data.accounts())
                .allSatisfy(a -> {
                    assertThat(a.name()).isNotBlank();
                    assertThat(a.accountNumber()).matches("A-16-1-\\d{5}");
                    assertThat(a.profile().employees()).isPositive();
                    assertThat(a.profile().annualRevenue()).isPositive().hasScaleOf(2);
                    assertThat(a.profile().presence().website())
                            .matches("https://www\\.[a-z0-9-]+\\.example");
                });
        assertThat(data.contacts())
                .allSatisfy(c ->
                        assertThat(c.details().email())
                                .matches("[a-z0-9.-]+@[a-z0-9-]+\\.example"));
    }

    @Test
    void fewerContactsThanAccountsLeaveAccountsWithoutOne() {
        ReferenceData few = ReferenceData.generate(BATCH, 3, 1);

        assertThat(few.accounts())
                .extracting(a -> a.links().primaryContactId() != null)
                .containsExactly(true, false, false);
    }

    @Test
    void contactsNeedAnAccount() {
        assertThatThrownBy(() -> ReferenceData.generate(BATCH, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReferenceData.generate(BATCH, 0, 0).accounts()).isEmpty();
    }

    private Map<UUID, UUID> parents() {
        Map<UUID, UUID> parents = new HashMap<>();
        data.accounts().stream()
                .filter(a -> a.links().parentAccountId() != null)
                .forEach(a -> parents.put(a.accountId(), a.links().parentAccountId()));
        return parents;
    }
}

package dev.understudy.store.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.RecordState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowVerdictTest {
    private static final RowComparison ROWS = new RowComparison(0, null);
    private static final RowDigest PLACEHOLDER = row(RecordState.PLACEHOLDER, 0, "");
    private static final RowDigest ONE = row(RecordState.HYDRATED, 1, "one");
    private static final RowDigest TWO = row(RecordState.HYDRATED, 2, "two");
    private static final RowDigest THREE = row(RecordState.HYDRATED, 3, "three");
    private static final RowDigest DAMAGED = row(RecordState.HYDRATED, 2, "damaged");

    @Test
    void rowThatHasCaughtUpAgrees() {
        assertThat(complete(TWO, TWO, TWO)).isEqualTo(new RowVerdict.Agrees());
        assertThat(complete(ONE, TWO, TWO)).isEqualTo(new RowVerdict.Agrees());
    }

    @Test
    void rowThatIsBehindWhatTheReplicaIsCompleteAsOfDiffers() {
        assertThat(complete(TWO, ONE, TWO))
                .isEqualTo(differs(new Difference.OtherVersion("k", 2, 1)));
        assertThat(complete(TWO, ONE, THREE)).isInstanceOf(RowVerdict.Differs.class);
        assertThat(complete(TWO, null, TWO)).isInstanceOf(RowVerdict.Differs.class);
        assertThat(complete(TWO, PLACEHOLDER, TWO))
                .isEqualTo(differs(new Difference.Placeholder("k", 2)));
    }

    @Test
    void rowThatTheOwnerWroteMeanwhileIsUnderWay() {
        assertThat(complete(ONE, ONE, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(complete(ONE, TWO, THREE)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(complete(null, null, ONE)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(complete(null, PLACEHOLDER, ONE)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(complete(null, ONE, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
    }

    @Test
    void rowOfAnIncompleteReplicaIsUnderWay() {
        assertThat(incomplete(TWO, ONE, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(incomplete(TWO, null, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(incomplete(TWO, PLACEHOLDER, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
    }

    @Test
    void whatNoEventExplainsDiffersHoweverFarTheReplicaIs() {
        assertThat(incomplete(TWO, DAMAGED, TWO))
                .isEqualTo(differs(new Difference.OtherContent("k", 2)));
        assertThat(incomplete(ONE, TWO, ONE))
                .isEqualTo(differs(new Difference.OtherVersion("k", 1, 2)));
        assertThat(incomplete(null, TWO, null))
                .isEqualTo(differs(new Difference.Extra("k", RecordState.HYDRATED, 2)));
    }

    @Test
    void contentThatDiffersAtTheVersionSeenFirstDiffersAlsoIfTheOwnerWentOn() {
        assertThat(complete(TWO, DAMAGED, THREE)).isInstanceOf(RowVerdict.Differs.class);
    }

    @Test
    void cededKeyIsUnderWayUntilTheReplicaIsComplete() {
        RowDigest ceded = new RowDigest("k", RecordState.HYDRATED, 2, 1, "two", Instant.EPOCH);
        assertThat(incomplete(TWO, ceded, TWO)).isInstanceOf(RowVerdict.UnderWay.class);
        assertThat(complete(TWO, ceded, TWO)).isEqualTo(differs(new Difference.Ceded("k", 2, 1)));
    }

    private static RowVerdict complete(
            @Nullable RowDigest first, @Nullable RowDigest replica, @Nullable RowDigest last) {
        return RowVerdict.of(ROWS, first, replica, last, true);
    }

    private static RowVerdict incomplete(
            @Nullable RowDigest first, @Nullable RowDigest replica, @Nullable RowDigest last) {
        return RowVerdict.of(ROWS, first, replica, last, false);
    }

    private static RowVerdict differs(Difference difference) {
        return new RowVerdict.Differs(difference);
    }

    private static RowDigest row(RecordState state, long version, String hash) {
        return new RowDigest("k", state, version, 0, hash, Instant.EPOCH);
    }
}

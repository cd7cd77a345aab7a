package dev.understudy.replicator.letters;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The coordinates of the letters of one partition, in the order of their offsets, and what was
 * decided about them; in 37 bytes each, and up to half as many again as room to grow (a million
 * letters in four partitions: 39 MB of the heap; ten million: 449 MB). Not thread-safe.
 */
final class LetterShelf {
    private static final byte OPEN = 0;
    private static final byte REDRIVEN = 1;
    private static final byte DISCARDED = 2;
    private static final int FIRST = 16;

    private int size;
    private long[] offsets = new long[FIRST];
    private long[] originOffsets = new long[FIRST];
    private int[] originPartitions = new int[FIRST];
    private int[] topics = new int[FIRST];
    private int[] reasons = new int[FIRST];
    private byte[] states = new byte[FIRST];
    private long[] decidedMs = new long[FIRST];

    int size() {
        return size;
    }

    /** The letter's place on the shelf; negative if it is not there. */
    int find(long offset) {
        return Arrays.binarySearch(offsets, 0, size, offset);
    }

    /** The place of the first letter after an offset. */
    int after(long offset) {
        int place = find(offset);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /**
     * Puts one behind the others.
     *
     * @param topic of its origin, by number
     * @param reason by number
     */
    void add(long offset, Letter.Origin origin, int topic, int reason) {
        if (size == offsets.length) {
            grow(size + size / 2);
        }
        offsets[size] = offset;
        originOffsets[size] = origin.offset();
        originPartitions[size] = origin.partition();
        topics[size] = topic;
        reasons[size] = reason;
        states[size] = OPEN;
        size++;
    }

    private void grow(int capacity) {
        keep(0, capacity);
    }

    /** Removes the first ones. */
    void removeFirst(int count) {
        if (count > 0) {
            size -= count;
            keep(count, count + Math.max(FIRST, size));
        }
    }

    private void keep(int from, int to) {
        offsets = Arrays.copyOfRange(offsets, from, to);
        originOffsets = Arrays.copyOfRange(originOffsets, from, to);
        originPartitions = Arrays.copyOfRange(originPartitions, from, to);
        topics = Arrays.copyOfRange(topics, from, to);
        reasons = Arrays.copyOfRange(reasons, from, to);
        states = Arrays.copyOfRange(states, from, to);
        decidedMs = Arrays.copyOfRange(decidedMs, from, to);
    }

    long offset(int place) {
        return offsets[place];
    }

    int topic(int place) {
        return topics[place];
    }

    int reason(int place) {
        return reasons[place];
    }

    Letter.Origin origin(int place, String topic) {
        return new Letter.Origin(topic, originPartitions[place], originOffsets[place]);
    }

    /** The origin within its topic, in one number. */
    long record(int place) {
        return ((long) originPartitions[place] << 47) ^ originOffsets[place];
    }

    boolean isOpen(int place) {
        return states[place] == OPEN;
    }

    boolean isDiscarded(int place) {
        return states[place] == DISCARDED;
    }

    void decide(int place, Decision decision) {
        states[place] =
                switch (decision.kind()) {
                    case REDRIVEN -> REDRIVEN;
                    case DISCARDED -> DISCARDED;
                };
        decidedMs[place] = decision.at().toEpochMilli();
    }

    /** What was decided, without its outcome, to the millisecond. */
    Optional<Decision> decision(int place) {
        return isOpen(place)
                ? Optional.empty()
                : Optional.of(
                        new Decision(
                                isDiscarded(place)
                                        ? Decision.Kind.DISCARDED
                                        : Decision.Kind.REDRIVEN,
                                "",
                                Instant.ofEpochMilli(decidedMs[place])));
    }
}

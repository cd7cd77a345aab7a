package dev.understudy.store.digest;

import java.math.BigInteger;

/**
 * The checksum of the hydrated rows and deletion markers of a range.
 *
 * @param high sum over the rows of the first 64 bits, signed, of each row's 128-bit hash
 * @param low the same of the last 64 bits
 */
public record RangeSum(long rows, BigInteger high, BigInteger low) {
    static final RangeSum EMPTY = new RangeSum(0, BigInteger.ZERO, BigInteger.ZERO);
}

package dev.latchkey.status;

import dev.latchkey.keys.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Customers whose keys are all ended, each with the time up to which they were issued. A list token carries them, so that
 * they hold for keys without a status, too.
 *
 * <p>The document is public: of a customer it holds the first 12 bytes of a SHA-256, over the address of the issuer's first
 * list, a line feed and the customer's id, and then 4 bytes of seconds since the epoch. The entries are sorted, compressed
 * and written like statuses. Immutable.
 */
public final class Cutoffs {

    /** The most customers in a list: more would not leave room for statuses. */
    public static final int MAX_CUSTOMERS = 2000;

    private static final int HASH = 12;
    private static final int ENTRY = HASH + 4;
    private static final long LAST_SECOND = 0xffff_ffffL;

    private final String salt;
    private final byte[] entries;

    private Cutoffs(String salt, byte[] entries) {
        this.salt = salt;
        this.entries = entries;
    }

    /** None. */
    public static Cutoffs none() {
        return new Cutoffs("", new byte[0]);
    }

    /**
     * Those of customers.
     *
     * @param base where the issuer's lists are
     * @param byCustomer the last second, by customer id, in which a key was issued that is ended
     * @throws IllegalArgumentException if there are more than {@link #MAX_CUSTOMERS}, or a time before 1970 or after 2106
     */
    public static Cutoffs of(StatusListBase base, Map<String, Instant> byCustomer) {
        if (byCustomer.size() > MAX_CUSTOMERS) {
            throw new IllegalArgumentException("more than " + MAX_CUSTOMERS + " customers");
        }
        String salt = base.uri(1);
        byte[][] sorted = byCustomer.entrySet().stream()
                .map(entry -> entry(salt, entry.getKey(), entry.getValue().getEpochSecond()))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        ByteBuffer joined = ByteBuffer.allocate(sorted.length * ENTRY);
        for (byte[] entry : sorted) {
            joined.put(entry);
        }
        return new Cutoffs(salt, joined.array());
    }

    private static byte[] entry(String salt, String customerId, long second) {
        if (second < 0 || second > LAST_SECOND) {
            throw new IllegalArgumentException("no such second: " + second);
        }
        return ByteBuffer.allocate(ENTRY)
                .put(hash(salt, customerId), 0, HASH)
                .putInt((int) second)
                .array();
    }

    /**
     * Reads what {@link #text()} gives.
     *
     * @throws UnusableListException if it is anything else
     */
    static Cutoffs read(StatusListBase base, String text) {
        byte[] entries = Zlib.inflate(text, StatusBits.MAX_BYTES, MAX_CUSTOMERS * ENTRY);
        if (entries.length % ENTRY != 0) {
            throw new UnusableListException("holds cut-offs that break off");
        }
        for (int next = ENTRY; next < entries.length; next += ENTRY) {
            if (compare(entries, next, entries, next - ENTRY) <= 0) {
                throw new UnusableListException("holds cut-offs that are not in order");
            }
        }
        return new Cutoffs(base.uri(1), entries);
    }

    /** Tells whether there are none. */
    public boolean isEmpty() {
        return entries.length == 0;
    }

    /** Tells whether a key that was issued to a customer at that time is ended. */
    public boolean end(String customerId, Instant issuedAt) {
        if (entries.length == 0) {
            return false;
        }
        byte[] wanted = hash(salt, customerId);
        int low = 0;
        int high = entries.length / ENTRY - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(entries, middle * ENTRY, wanted, 0);
            if (order == 0) {
                long second = ByteBuffer.wrap(entries).getInt(middle * ENTRY + HASH) & LAST_SECOND;
                return issuedAt.getEpochSecond() <= second;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** They as they stand in a list token. */
    public String text() {
        return Zlib.deflate(entries);
    }

    private static int compare(byte[] left, int leftFrom, byte[] right, int rightFrom) {
        return Arrays.compareUnsigned(left, leftFrom, leftFrom + HASH, right, rightFrom, rightFrom + HASH);
    }

    private static byte[] hash(String salt, String customerId) {
        return Sha256.of((salt + "\n" + customerId).getBytes(StandardCharsets.UTF_8));
    }
}

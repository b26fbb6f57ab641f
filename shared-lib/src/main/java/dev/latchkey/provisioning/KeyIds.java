package dev.latchkey.provisioning;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of keys: UUIDs of version 7, whose order is that of their creation (RFC 9562 section 5.7). */
final class KeyIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private KeyIds() {}

    static String next(Instant now, RandomGenerator random) {
        long high = (now.toEpochMilli() << 16) | VERSION_7 | (random.nextLong() & 0x0fffL);
        long low = VARIANT | (random.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low).toString();
    }
}

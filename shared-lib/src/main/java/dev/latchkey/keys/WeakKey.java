package dev.latchkey.keys;

import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The member {@value #UNTIL} of a ring's previous key: a time until which tokens that it signed before it came here may be
 * verified, although it is too weak to sign. It is there for moving from a portal that took any key.
 */
final class WeakKey {

    /** The name of the member (NumericDate, RFC 7519 section 2). */
    static final String UNTIL = "weak_until";

    /** How long a weak key may verify after it signed for the last time. */
    static final Duration LONGEST = Duration.ofDays(400);

    private WeakKey() {}

    /**
     * What the member says; null where it is not there.
     *
     * @throws InvalidKeyMaterialException if it says no time, is of a key that may sign, or is too far off
     */
    static @Nullable Instant until(JsonObject jwk, @Nullable KeyStatus status, String place) {
        if (!jwk.has(UNTIL)) {
            return null;
        }
        Instant until = time(jwk, UNTIL, place);
        if (status != KeyStatus.PREVIOUS) {
            throw new InvalidKeyMaterialException(
                    place + " has " + UNTIL + " and is not previous. A weak key must not sign");
        }
        if (until.isAfter(time(jwk, StoredKey.RETIRED, place).plus(LONGEST))) {
            throw new InvalidKeyMaterialException(place + " has a " + UNTIL + " of more than " + LONGEST.toDays()
                    + " days after " + StoredKey.RETIRED + ". Issue new keys by then");
        }
        return until;
    }

    private static Instant time(JsonObject jwk, String member, String place) {
        return new StoredKey(jwk, null)
                .time(member)
                .orElseThrow(() -> new InvalidKeyMaterialException(
                        place + " has " + UNTIL + ", and needs " + member + " in seconds since 1970"));
    }
}

package dev.latchkey.keys;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as a ring's JSON holds it, with the members that tell of its life. {@code toString()} names it only.
 *
 * @param jwk all its members, those of others included
 * @param entry what readers take it for; null for a key that is not for signatures, which is left as it is
 */
record StoredKey(JsonObject jwk, @Nullable KeyEntry entry) {

    /** When it was made (NumericDate, RFC 7519 section 2). */
    static final String CREATED = "created";

    /** When it stopped signing (NumericDate). */
    static final String RETIRED = "retired";

    /** The longest lifetime, in seconds, that tokens signed by it may have. */
    static final String LIFETIME = "lifetime";

    /** Its place in the ring. */
    static final String STATUS = "status";

    static StoredKey of(JsonObject jwk, String place) {
        return new StoredKey(jwk, JwkReader.entry(jwk, place).orElse(null));
    }

    boolean is(KeyStatus status) {
        return entry != null && entry.status() == status;
    }

    /** How it is named to people: its own kid, else the thumbprint that tokens carry, else that it has none. */
    String name() {
        String kid = jwk.string("kid").orElse(null);
        return kid != null || entry == null
                ? String.valueOf(kid)
                : KeyId.thumbprint(entry.verifying()).orElse(RotatedRing.WITHOUT_KID);
    }

    /** The time that a member tells; empty where it tells none that can be. */
    Optional<Instant> time(String member) {
        return seconds(member).map(Instant::ofEpochSecond);
    }

    Optional<Duration> lifetime() {
        return seconds(LIFETIME).map(Duration::ofSeconds);
    }

    private Optional<Long> seconds(String member) {
        return jwk.get(member).orElse(null) instanceof JsonNumber number
                        && number.isWhole()
                        && number.whole() >= 0
                        && number.whole() <= RotatedRing.LAST_SECOND
                ? Optional.of(number.whole())
                : Optional.empty();
    }

    StoredKey with(KeyStatus status) {
        return with(STATUS, status.name().toLowerCase(Locale.ROOT));
    }

    StoredKey with(String member, String value) {
        return with(member, new JsonString(value));
    }

    StoredKey with(String member, long value) {
        return with(member, JsonNumber.of(value));
    }

    private StoredKey with(String member, JsonValue value) {
        JsonObjectBuilder changed = new JsonObjectBuilder();
        jwk.members().forEach(changed::put);
        return of(changed.put(member, value).build(), name());
    }

    /** The same key that no longer signs: without the private half, which nobody needs then. A secret stays. */
    StoredKey retired(Instant now) {
        Map<String, JsonValue> members = new LinkedHashMap<>(jwk.members());
        members.keySet().removeAll(PrivateJwk.MEMBERS);
        return of(new JsonObject(members), name()).with(KeyStatus.PREVIOUS).with(RETIRED, now.getEpochSecond());
    }

    /** The same key under no key id. */
    StoredKey withoutKid() {
        Map<String, JsonValue> members = new LinkedHashMap<>(jwk.members());
        members.remove("kid");
        return of(new JsonObject(members), name());
    }

    /** Tells whether tokens that one of the two signed are the other's, whatever their key ids. */
    boolean hasKeyOf(StoredKey other) {
        Key mine = entry == null ? null : entry.verifying();
        Key theirs = other.entry == null ? null : other.entry.verifying();
        return mine != null && mine.equals(theirs);
    }

    /** Tells whether tokens find the other where they found this one. */
    boolean isKeptAs(StoredKey other) {
        return hasKeyOf(other)
                && jwk.string("kid").equals(other.jwk.string("kid"))
                && jwk.string("alg").equals(other.jwk.string("alg"));
    }

    @Override
    public String toString() {
        return "key " + name();
    }
}

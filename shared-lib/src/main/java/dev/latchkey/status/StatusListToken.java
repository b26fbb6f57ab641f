package dev.latchkey.status;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.SignedDocument;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A signed status list (Token Status List, Status List Token in JWT Format).
 *
 * @param uri its address
 * @param issuedAt the time for which it tells the statuses
 * @param expiresAt from when on it tells nothing
 * @param timeToLive for how long a copy may be used before the next one is asked for, as the issuer says it
 * @param statuses the statuses by index
 * @param cutoffs customers whose keys are all ended
 */
public record StatusListToken(
        String uri, Instant issuedAt, Instant expiresAt, Duration timeToLive, StatusBits statuses, Cutoffs cutoffs) {

    /** The longest token that is read, in characters. */
    public static final int MAX_LENGTH = 192 * 1024;

    /** The media type of list tokens. */
    public static final String MEDIA_TYPE = "application/" + TokenTypes.STATUS_LIST;

    /** For how long doors use a copy of our lists before they ask for the next. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(4);

    /** For how long our lists say anything when no newer ones can be had. */
    public static final Duration LIFETIME = Duration.ofHours(2);

    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final String LIST = "status_list";
    private static final String CUTOFFS = "latchkey_cutoffs";

    /**
     * Signs a list.
     *
     * @param base where our lists are
     * @param number which of them it is, from 1 on
     * @param readAt when its content was read, of which whole seconds count
     */
    public static String sign(
            SigningKey key,
            StatusListBase base,
            int number,
            StatusBits.Builder statuses,
            Cutoffs cutoffs,
            Instant readAt) {
        JsonObject list = new JsonObjectBuilder()
                .put("bits", statuses.bits())
                .put("lst", statuses.text())
                .put("aggregation_uri", base.aggregationUri())
                .build();
        JsonObjectBuilder claims = new JsonObjectBuilder()
                .put("sub", base.uri(number))
                .put("iat", readAt.getEpochSecond())
                .put("exp", readAt.plus(LIFETIME).getEpochSecond())
                .put("ttl", TIME_TO_LIVE.toSeconds())
                .put(LIST, list);
        if (!cutoffs.isEmpty()) {
            claims.put(CUTOFFS, cutoffs.text());
        }
        return key.sign(TokenTypes.STATUS_LIST, claims.build());
    }

    /**
     * Reads a list, which tells something only if its issuer signed it for that address and it has not expired.
     *
     * @param keys the issuer's keys
     * @param uri the address it was fetched from
     * @param now the time
     * @throws UnusableListException if it is no such list
     */
    public static StatusListToken read(String text, KeySet keys, StatusListBase base, String uri, Instant now) {
        SignedDocument document = SignedDocument.open(text, keys, TokenTypes.STATUS_LIST, MAX_LENGTH);
        if (document instanceof SignedDocument.Refused refused) {
            Reason reason = refused.reason();
            throw new UnusableListException(
                    "is refused: " + reason.code(), reason == Reason.UNKNOWN_KEY || reason == Reason.BAD_SIGNATURE);
        }
        JsonObject claims = ((SignedDocument.Opened) document).claims();
        if (!claims.string("sub").filter(uri::equals).isPresent()) {
            throw new UnusableListException("is for another address");
        }
        Instant issuedAt = time(claims, "iat");
        if (issuedAt.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            throw new UnusableListException("is of the future");
        }
        Instant expiresAt = claims.has("exp") ? time(claims, "exp") : issuedAt.plus(LIFETIME);
        if (!now.isBefore(expiresAt)) {
            throw new UnusableListException("has expired");
        }
        return new StatusListToken(
                uri, issuedAt, expiresAt, timeToLive(claims), statuses(claims.object(LIST)), cutoffs(claims, base));
    }

    private static StatusBits statuses(JsonObject list) {
        OptionalLong bits = whole(list, "bits");
        String text = list.string("lst").orElse(null);
        if (bits.isEmpty() || bits.getAsLong() < 1 || bits.getAsLong() > 8 || text == null) {
            throw new UnusableListException("has no statuses");
        }
        return StatusBits.read((int) bits.getAsLong(), text);
    }

    private static Cutoffs cutoffs(JsonObject claims, StatusListBase base) {
        if (!claims.members().containsKey(CUTOFFS)) {
            return Cutoffs.none();
        }
        String text = claims.string(CUTOFFS).orElse(null);
        if (text == null) {
            throw new UnusableListException("holds cut-offs that are no text");
        }
        return Cutoffs.read(base, text);
    }

    private static Instant time(JsonObject claims, String name) {
        OptionalLong seconds = whole(claims, name);
        if (seconds.isEmpty() || seconds.getAsLong() < 0 || seconds.getAsLong() > LAST_SECOND) {
            throw new UnusableListException("has no usable " + name);
        }
        return Instant.ofEpochSecond(seconds.getAsLong());
    }

    /** Zero where the issuer says nothing that could be used; whoever asks bounds it. */
    private static Duration timeToLive(JsonObject claims) {
        OptionalLong seconds = whole(claims, "ttl");
        return seconds.isPresent() && seconds.getAsLong() > 0
                ? Duration.ofSeconds(Math.min(seconds.getAsLong(), LIFETIME.toSeconds()))
                : Duration.ZERO;
    }

    private static OptionalLong whole(JsonObject object, String name) {
        if (!(object.members().get(name) instanceof JsonNumber number)) {
            return OptionalLong.empty();
        }
        if (number.isWhole()) {
            return OptionalLong.of(number.whole());
        }
        int scale = number.value().scale();
        return scale >= 0 && scale <= 9 ? OptionalLong.of(number.value().longValue()) : OptionalLong.empty();
    }

    /** What it says of the key at an index; {@link Status#UNKNOWN} also where there is no such index. */
    public Status status(long index) {
        return index >= 0 && index < statuses.size() ? Status.of(statuses.value(index)) : Status.UNKNOWN;
    }

    @Override
    public String toString() {
        return "status list " + uri + " of " + issuedAt;
    }
}

package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusListTokenTest {

    private static final Instant NOW = TestTokens.NOW;
    private static final StatusListBase BASE = new StatusListBase("https://keys.example");
    private static final String URI = BASE.uri(1);
    private static final SigningKey RSA = new SigningKey(Door.KID, Algorithm.RS256, Door.RSA.getPrivate());
    private static final KeySet KEYS =
            new KeySet(List.of(new VerificationKey(Door.KID, Algorithm.RS256, Door.RSA.getPublic())));

    private static String list(Cutoffs cutoffs) {
        return StatusListToken.sign(
                RSA,
                BASE,
                1,
                new StatusBits.Builder(2, 1 << 17).put(5, 1).put(6, 2).put(7, 3),
                cutoffs,
                NOW);
    }

    private static StatusListToken read(String text) {
        return StatusListToken.read(text, KEYS, BASE, URI, NOW);
    }

    /** A good list with one of its claims changed; null takes it out. */
    private static String withClaim(String name, JsonValue value) {
        Map<String, JsonValue> claims = new LinkedHashMap<>(claims().members());
        claims.put(name, value);
        if (value == JsonValue.NULL) {
            claims.remove(name);
        }
        return spoilable().payloadText(new JsonObject(claims).toString()).rs256(Door.RSA.getPrivate());
    }

    private static JsonObject claims() {
        try {
            byte[] payload = Parts.of(list(Cutoffs.none())).payloadText().getBytes(StandardCharsets.UTF_8);
            return JsonReader.readObject(payload, new JsonLimits(100_000, 4));
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestTokens spoilable() {
        return TestTokens.good("RS256")
                .header("kid", Door.KID)
                .header("typ", "statuslist+jwt")
                .payloadText(claims().toString());
    }

    @Test
    void isReadAsItWasSigned() {
        StatusListToken read = read(list(Cutoffs.of(BASE, Map.of("cus_1", NOW))));

        assertThat(read.uri()).isEqualTo(URI);
        assertThat(read.issuedAt()).isEqualTo(NOW);
        assertThat(read.expiresAt()).isEqualTo(NOW.plus(StatusListToken.LIFETIME));
        assertThat(read.timeToLive()).isEqualTo(Duration.ofSeconds(4));
        assertThat(read.status(4)).isEqualTo(Status.VALID);
        assertThat(read.status(5)).isEqualTo(Status.REVOKED);
        assertThat(read.status(6)).isEqualTo(Status.SUSPENDED);
        assertThat(read.status(7)).isEqualTo(Status.UNKNOWN);
        assertThat(read.cutoffs().end("cus_1", NOW)).isTrue();
        assertThat(read.cutoffs().end("cus_2", NOW)).isFalse();
    }

    @Test
    void saysOfAnIndexOutOfBoundsThatItIsUnknown() {
        StatusListToken read = read(list(Cutoffs.none()));

        assertThat(read.status((1 << 17) - 1)).isEqualTo(Status.VALID);
        assertThat(read.status(1 << 17)).isEqualTo(Status.UNKNOWN);
        assertThat(read.status(-1)).isEqualTo(Status.UNKNOWN);
        assertThat(read.status(Long.MAX_VALUE)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void hasTheTypeAndTheClaimsOfTheStandard() {
        Parts parts = Parts.of(list(Cutoffs.none()));

        assertThat(parts.headerText()).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"statuslist+jwt\",\"kid\":\"key-1\"}");
        assertThat(parts.payloadText())
                .startsWith("{\"sub\":\"https://keys.example/statuslists/1\",\"iat\":1772366400,\"exp\":1772373600,"
                        + "\"ttl\":4,\"status_list\":{\"bits\":2,\"lst\":\"")
                .endsWith("\",\"aggregation_uri\":\"https://keys.example/statuslists\"}}");
    }

    @Test
    void isMacedByASharedSecretToo() {
        SigningKey secret = KeyRing.read(TestKeys.SECRET).signingKey(Algorithm.HS256, null);
        String text =
                StatusListToken.sign(secret, BASE, 1, new StatusBits.Builder(2, 8).put(1, 1), Cutoffs.none(), NOW);
        KeySet keys = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);

        assertThat(StatusListToken.read(text, keys, BASE, URI, NOW).status(1)).isEqualTo(Status.REVOKED);
    }

    @Test
    void fillsLittleMoreThanItsRevokedKeysNeed() {
        StatusBits.Builder one = new StatusBits.Builder(2, 1 << 17);
        for (int i = 0; i < 1311; i++) {
            one.put(i * 99, 1);
        }

        assertThat(StatusListToken.sign(RSA, BASE, 1, one, Cutoffs.none(), NOW)).hasSizeLessThan(8000);
    }

    @Test
    @DisplayName("N4: is not believed with another signature")
    void isNotBelievedWithAnotherSignature() {
        Parts parts = Parts.of(list(Cutoffs.none()));
        byte[] signature = parts.signatureBytes();
        signature[10] ^= 1;

        refuses(parts.withSignature(signature), "is refused: bad_signature");
        refuses(list(Cutoffs.none()).substring(0, 100), "is refused: malformed_token");
        refuses(spoilable().rs256(TestKeys.rsa("other").getPrivate()), "is refused: bad_signature");
        refuses(spoilable().header("kid", "key-2").rs256(Door.RSA.getPrivate()), "is refused: unknown_key");
        refuses(
                spoilable().header("alg", "HS256").hs256(TestKeys.pem(Door.RSA.getPublic())),
                "is refused: wrong_algorithm");
        refuses(spoilable().header("alg", "none").signingInput() + ".", "is refused: wrong_algorithm");
    }

    @Test
    @DisplayName("N10: is of its type, and no API key is")
    void isNotAnApiKeyNorAnApiKeyAList() {
        refuses(Door.goodRs256(), "is refused: wrong_type");
        refuses(spoilable().withoutHeader("typ").rs256(Door.RSA.getPrivate()), "is refused: wrong_type");
        assertThat(read(spoilable().header("typ", "application/StatusList+JWT").rs256(Door.RSA.getPrivate()))
                        .status(5))
                .isEqualTo(Status.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statuslist+jwt", "StatusList+JWT", "application/statuslist+jwt"})
    @DisplayName("N9: is no API key, whatever types are allowed")
    void isNoApiKeyWhateverTypesAreAllowed(String type) {
        String token = Door.token("RS256").header("typ", type).rs256(Door.RSA.getPrivate());
        for (TokenTypes types : List.of(TokenTypes.ANY, TokenTypes.of(List.of(type)))) {
            VerificationRules rules = new VerificationRules(
                    VerificationRules.DEFAULT.issuer(),
                    VerificationRules.DEFAULT.audience(),
                    Duration.ZERO,
                    VerificationRules.DEFAULT.claims(),
                    types,
                    null,
                    List.of());

            Door.of(KEYS, rules).refuses(token, Reason.WRONG_TYPE);
        }
    }

    @Test
    @DisplayName("N5: is for its own address alone")
    void isForItsOwnAddressAlone() {
        String other = StatusListToken.sign(RSA, BASE, 2, new StatusBits.Builder(2, 8), Cutoffs.none(), NOW);

        refuses(other, "is for another address");
        refuses(withClaim("sub", JsonValue.NULL), "is for another address");
    }

    @Test
    @DisplayName("N7: tells nothing once it expired")
    void tellsNothingOnceItExpired() {
        String text = list(Cutoffs.none());
        Instant expiry = NOW.plus(StatusListToken.LIFETIME);

        assertThat(StatusListToken.read(text, KEYS, BASE, URI, expiry.minusMillis(1))
                        .status(5))
                .isEqualTo(Status.REVOKED);
        assertThatThrownBy(() -> StatusListToken.read(text, KEYS, BASE, URI, expiry))
                .isInstanceOf(UnusableListException.class)
                .hasMessage("has expired");
    }

    @Test
    @DisplayName("N7: may be a minute ahead of this clock")
    void mayBeAMinuteAheadOfThisClock() {
        String text = list(Cutoffs.none());

        assertThat(StatusListToken.read(text, KEYS, BASE, URI, NOW.minusSeconds(60))
                        .status(5))
                .isEqualTo(Status.REVOKED);
        assertThatThrownBy(() -> StatusListToken.read(text, KEYS, BASE, URI, NOW.minusSeconds(61)))
                .hasMessage("is of the future");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-5,0", "1,1", "300,300", "99999999,7200", "1.5,1", "1e30,0"})
    void tellsATimeToLiveOfAtMostItsLifetime(String ttl, long seconds) {
        String claims = claims().toString();
        String text = spoilable()
                .payloadText(claims.replace("\"ttl\":4", "\"ttl\":" + ttl))
                .rs256(Door.RSA.getPrivate());

        assertThat(read(text).timeToLive()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void needsATimeAndStatuses() {
        refuses(withClaim("iat", JsonValue.NULL), "has no usable iat");
        refuses(withClaim("iat", new JsonValue.JsonString("1")), "has no usable iat");
        refuses(withClaim("exp", JsonValue.JsonNumber.of(-1)), "has no usable exp");
        refuses(withClaim("status_list", JsonValue.NULL), "has no statuses");
        refuses(withClaim("status_list", new JsonObjectBuilder().put("bits", 2).build()), "has no statuses");
        refuses(
                withClaim(
                        "status_list",
                        new JsonObjectBuilder()
                                .put("bits", 3)
                                .put("lst", "eNrbuRgAAhcBXQ")
                                .build()),
                "has statuses of 3 bits; there are 1, 2, 4 and 8");
        refuses(withClaim("latchkey_cutoffs", JsonValue.JsonNumber.of(1)), "holds cut-offs that are no text");
        refuses(
                withClaim("latchkey_cutoffs", new JsonValue.JsonString("AAAA")),
                "is not compressed by ZLIB (RFC 1950)");
    }

    @Test
    void takesNoMoreThanItsLongestText() {
        String filler = "x".repeat(StatusListToken.MAX_LENGTH);

        refuses(withClaim("filler", new JsonValue.JsonString(filler)), "is refused: token_too_large");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnusableListException.class)
                .hasMessage(message);
    }
}

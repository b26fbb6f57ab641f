package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A key ring")
class KeyRingTest {

    private static final KeyPair NEXT = TestKeys.rsa("next");
    private static final KeyPair ACTIVE = Door.RSA;
    private static final KeyPair PREVIOUS = TestKeys.rsa("previous");

    @Test
    @DisplayName("is for each allowed algorithm that it is long enough for, and for none where it is too short for all")
    void longEnough() {
        KeyRing ring = KeyRing.read(TestKeys.SECRET);

        assertThat(ring.keySetForEach(List.of(Algorithm.HS512, Algorithm.HS256, Algorithm.RS256), null))
                .hasToString("key set [HS256 key without kid]");
        assertThatThrownBy(() -> ring.keySetForEach(List.of(Algorithm.HS384, Algorithm.HS512), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageStartingWith("HS384 needs at least 384 bits");
    }

    @Test
    @DisplayName("signs with its active key and verifies with next, active and previous")
    void oneSignsAllVerify() {
        KeyRing ring = KeyRing.read(ring("next", "active", "previous"));
        Door door = Door.of(ring.keySet(List.of(), null));

        assertThat(ring.signingKey(Algorithm.RS256, null).kid()).contains("active-1");
        door.accepts(TestTokens.good("RS256").header("kid", "next-1").rs256(NEXT.getPrivate()));
        door.accepts(TestTokens.good("RS256").header("kid", "active-1").rs256(ACTIVE.getPrivate()));
        door.accepts(TestTokens.good("RS256").header("kid", "previous-1").rs256(PREVIOUS.getPrivate()));
        door.refuses(TestTokens.good("RS256").header("kid", "next-1").rs256(ACTIVE.getPrivate()), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("recognises the tokens of keys of several kinds, each by its own algorithm")
    void mixed() {
        String secret = "{" + TestKeys.jwkMembers(TestKeys.SECRET)
                + ",\"kid\":\"old\",\"alg\":\"HS256\",\"status\":\"previous\"}";
        KeyRing ring = KeyRing.read("{\"keys\":[" + key("new", ACTIVE, "active") + "," + secret + "]}");

        KeySet own = ring.ownKeys(Algorithm.RS256, null);

        assertThat(own.keys().stream().map(one -> one.algorithm().name())).containsExactly("RS256", "HS256");
    }

    @Test
    @DisplayName("recognises nothing by a private key whose public half is not known")
    void noPublicHalf() {
        KeyRing ring = KeyRing.read(TestKeys.pem(TestKeys.ec("alone", 256).getPrivate()));

        assertThat(ring.signingKey(Algorithm.ES256, "k").kid()).contains("k");
        assertThat(ring.ownKeys(Algorithm.ES256, "k").keys()).isEmpty();
    }

    @Test
    @DisplayName("F19: no longer verifies a key that was taken out of it")
    void revokedKey() {
        String token = TestTokens.good("RS256").header("kid", "next-1").rs256(NEXT.getPrivate());
        String without = "{\"keys\":[" + key("active-1", ACTIVE, "active") + "]}";

        Door.of(ring("next", "active", "previous")).accepts(token);
        Door.of(without).refuses(token, Reason.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("needs exactly one active key where any has a status")
    void exactlyOneActive() {
        refuses(() -> KeyRing.read(ring("next", "next", "previous")), activeKeys(0));
        refuses(() -> KeyRing.read(ring("active", "active", "previous")), activeKeys(2));
        refuses(
                () -> KeyRing.read("{\"keys\":[" + key("a", ACTIVE, "ACTIVE") + "]}"),
                "key 1 of the set has a status other than next, active or previous");
    }

    @Test
    @DisplayName("without statuses verifies with all keys and signs only where there is one")
    void withoutStatuses() {
        String two = "{\"keys\":[{" + TestKeys.privateJwkMembers(ACTIVE) + ",\"kid\":\"a\"},{"
                + TestKeys.privateJwkMembers(NEXT) + ",\"kid\":\"b\"}]}";

        Door.of(two).accepts(TestTokens.good("RS256").header("kid", "b").rs256(NEXT.getPrivate()));
        refuses(
                () -> KeyRing.read(two).signingKey(Algorithm.RS256, null),
                "holds 2 keys and none with \"status\": \"active\", so that none may sign");
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("J7: that is no sound JWK or JWK Set is refused and never taken for a secret")
    @MethodSource("brokenJson")
    void brokenJson(String text, String problem) {
        Door.of("{" + TestKeys.jwkMembers(TestKeys.SECRET) + "}").accepts(Door.goodHs256());
        refuses(() -> KeyRing.read(text), problem);
    }

    static Stream<Arguments> brokenJson() {
        String rsa = TestKeys.jwkMembers(ACTIVE);
        String neither = "looks like JSON, but is neither a JWK (member kty) nor a JWK Set (array keys) (RFC 7517)";
        String not = "looks like JSON, but is not a JWK or JWK Set: ";
        return Stream.of(
                Arguments.of("{", not + "ends early at byte 1 (RFC 7517)"),
                Arguments.of("[]", not + "not an object at byte 0 (RFC 7517)"),
                Arguments.of("\"" + TestKeys.SECRET + "\"", not + "not an object at byte 0 (RFC 7517)"),
                Arguments.of("{\"kty\":\"oct\",\"kty\":\"oct\"}", not + "member name twice at byte 13 (RFC 7517)"),
                Arguments.of("{\"a\":1}", neither),
                Arguments.of("{\"keys\":{}}", neither),
                Arguments.of("{\"keys\":[]}", "holds no key for signatures"),
                Arguments.of("{\"keys\":[1]}", "key 1 of the set is not a JSON object"),
                Arguments.of("{\"keys\":[{}]}", "key 1 of the set is not a JWK that can be read (RFC 7517)"),
                Arguments.of("{\"kty\":1}", "the JWK is not a JWK that can be read (RFC 7517)"),
                Arguments.of(
                        "{\"kty\":\"XYZ\"}",
                        "the JWK has a kty or crv that is not supported."
                                + " Supported: RSA, EC, oct and OKP with Ed25519"),
                Arguments.of("{\"kty\":\"oct\",\"k\":1}", "the JWK cannot be used as a key (RFC 7518 section 6)"),
                Arguments.of(
                        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                        "the JWK has a kty or crv that is not supported."
                                + " Supported: RSA, EC, oct and OKP with Ed25519"),
                Arguments.of(
                        "{" + rsa + ",\"alg\":\"Ed448\"}",
                        "the JWK has an alg that is not supported. Supported: " + Algorithm.names()),
                Arguments.of(
                        "{" + rsa + ",\"alg\":\"none\"}",
                        "the JWK has an alg that is not supported. Supported: " + Algorithm.names()),
                Arguments.of(
                        "{" + rsa + ",\"kid\":\"" + "k".repeat(257) + "\"}",
                        "the JWK has a kid that is blank, longer than 256 characters or holds control characters"),
                Arguments.of(
                        "{" + rsa + ",\"kid\":\"a\\u0000\"}",
                        "the JWK has a kid that is blank, longer than 256 characters or holds control characters"),
                Arguments.of(
                        "{\"keys\":[{" + rsa + ",\"kid\":\"a\"},{" + rsa + ",\"kid\":\"a\"}]}",
                        "holds two keys with the kid a"),
                Arguments.of(
                        "{\"keys\":[{" + rsa + "},{" + rsa + "}]}",
                        "holds more than one key without a kid, so that no token tells which signed it"),
                Arguments.of("{\"keys\":[" + "1,".repeat(50) + "1]}", "a key set may hold at most 50 keys, got 51"));
    }

    @Test
    @DisplayName("gives a single key without kid the configured one, keeps its own, and refuses another")
    void configuredKid() {
        KeyRing without = KeyRing.read("{" + TestKeys.privateJwkMembers(ACTIVE) + "}");
        KeyRing with = KeyRing.read("{" + TestKeys.privateJwkMembers(ACTIVE) + ",\"kid\":\"a\"}");

        assertThat(without.signingKey(Algorithm.RS256, "b").kid()).contains("b");
        assertThat(without.keySet(List.of(), "b").find("b")).isPresent();
        assertThat(without.keySet(List.of(), "b").find("c")).isEmpty();
        assertThat(without.keySet(List.of(), null).find("c")).isPresent();
        assertThat(with.signingKey(Algorithm.RS256, "a").kid()).contains("a");
        assertThat(with.signingKey(Algorithm.RS256, null).kid()).contains("a");
        refuses(() -> with.signingKey(Algorithm.RS256, "b"), "its active key has the kid a, not b");
        refuses(() -> with.keySet(List.of(), "b"), "its key has the kid a, not b");
    }

    @Test
    @DisplayName("derives a kid for a private key that has none, the same from every form, and none for a secret")
    void derivedKid() {
        String pem = TestKeys.pem(ACTIVE.getPrivate());
        String thumbprint = KeyId.thumbprint(ACTIVE.getPublic()).orElseThrow();

        assertThat(KeyRing.read(pem).signingKey(Algorithm.RS256, null).kid()).contains(thumbprint);
        assertThat(KeyRing.read("{" + TestKeys.privateJwkMembers(ACTIVE) + "}")
                        .signingKey(Algorithm.RS256, null)
                        .kid())
                .contains(thumbprint);
        assertThat(KeyRing.read("{" + Jwks.ecPrivateMembers(Door.EC) + "}")
                        .signingKey(Algorithm.ES256, null)
                        .kid())
                .isEqualTo(KeyId.thumbprint(Door.EC.getPublic()))
                .isPresent();
        assertThat(KeyRing.read(TestKeys.SECRET).signingKey(null, null).kid()).isEmpty();
    }

    @Test
    @DisplayName("finds for a token without kid the key without kid, else the only key, else none")
    void tokenWithoutKid() {
        KeySet one = KeyRing.read("{" + TestKeys.jwkMembers(ACTIVE) + ",\"kid\":\"a\"}")
                .keySet(List.of(), null);
        KeySet mixed = KeyRing.read("{\"keys\":[{" + TestKeys.jwkMembers(ACTIVE) + ",\"kid\":\"a\"},{"
                        + TestKeys.jwkMembers(NEXT) + "}]}")
                .keySet(List.of(), null);

        assertThat(one.find(null)).containsSame(one.keys().get(0));
        assertThat(one.find("b")).isEmpty();
        assertThat(mixed.find("a")).containsSame(mixed.keys().get(0));
        assertThat(mixed.find("b")).containsSame(mixed.keys().get(1));
        assertThat(mixed.find(null)).containsSame(mixed.keys().get(1));
    }

    @Test
    @DisplayName("ties each key to one algorithm: its own, else the only allowed one that fits, else the usual one")
    void oneAlgorithm() {
        KeyRing bare = KeyRing.read("{" + TestKeys.jwkMembers(ACTIVE) + "}");
        KeyRing declared = KeyRing.read("{" + TestKeys.jwkMembers(ACTIVE) + ",\"alg\":\"PS384\"}");

        assertThat(algorithm(declared)).isEqualTo(Algorithm.PS384);
        assertThat(algorithm(declared, Algorithm.RS256, Algorithm.PS384)).isEqualTo(Algorithm.PS384);
        assertThat(algorithm(bare, Algorithm.HS256, Algorithm.RS512, Algorithm.ES256))
                .isEqualTo(Algorithm.RS512);
        assertThat(algorithm(bare)).isEqualTo(Algorithm.RS256);
        refuses(
                () -> algorithm(declared, Algorithm.RS256),
                "key without kid is for PS384, which is not among the allowed [RS256]");
        refuses(
                () -> algorithm(bare, Algorithm.RS256, Algorithm.PS256),
                "key without kid must end up with one algorithm, but [RS256, PS256] of the allowed [RS256, PS256]"
                        + " fits it");
        refuses(
                () -> algorithm(bare, Algorithm.HS256, Algorithm.ES256),
                "key without kid must end up with one algorithm, but none of the allowed [HS256, ES256] fits it");
        refuses(
                () -> algorithm(bare, Algorithm.ES256),
                "ES256 needs an EC key on P-256, got a key of type RSA (RFC 7518 section 3.1)");
    }

    @Test
    @DisplayName("signs with the wanted algorithm, else the key's own, else HS256, and refuses a conflict")
    void signingAlgorithm() {
        KeyRing declared = KeyRing.read("{" + TestKeys.privateJwkMembers(ACTIVE) + ",\"alg\":\"PS256\"}");
        KeyRing bare = KeyRing.read("{" + TestKeys.privateJwkMembers(ACTIVE) + "}");

        assertThat(declared.signingKey(null, null).algorithm()).isEqualTo(Algorithm.PS256);
        assertThat(declared.signingKey(Algorithm.PS256, null).algorithm()).isEqualTo(Algorithm.PS256);
        assertThat(bare.signingKey(Algorithm.RS384, null).algorithm()).isEqualTo(Algorithm.RS384);
        assertThat(KeyRing.read(TestKeys.SECRET).signingKey(null, null).algorithm())
                .isEqualTo(Algorithm.HS256);
        refuses(() -> declared.signingKey(Algorithm.RS256, null), "key without kid is for PS256, not for RS256");
        refuses(
                () -> bare.signingKey(null, null),
                "is a private key, which HS256, the default, cannot sign with. Set PLUGIN_JWT_ALGORITHM, such as RS256");
        refuses(
                () -> KeyRing.read(TestKeys.SECRET).signingKey(Algorithm.RS256, null),
                "RS256 needs an RSA key, got a secret (RFC 7518 section 3.1)");
    }

    @Test
    @DisplayName("refuses to sign with halves of two keys, whose tokens nobody could verify")
    void halvesOfTwoKeys() {
        String mixed = "{"
                + TestKeys.privateJwkMembers(ACTIVE).replace(TestKeys.jwkMembers(ACTIVE), TestKeys.jwkMembers(PREVIOUS))
                + "}";
        refuses(
                () -> KeyRing.read(mixed).signingKey(Algorithm.RS256, null),
                "has a private and a public half that do not belong together");
    }

    @Test
    @DisplayName("refuses to sign with halves of two EC keys, which sign without complaint")
    void halvesOfTwoEcKeys() {
        KeyPair other = TestKeys.ec("other-half", 256);
        String mixed = "{" + Jwks.ecPrivateMembers(other).replace(Jwks.ecMembers(other), Jwks.ecMembers(Door.EC)) + "}";
        refuses(
                () -> KeyRing.read(mixed).signingKey(Algorithm.ES256, null),
                "has a private and a public half that do not belong together");
    }

    @Test
    @DisplayName("shows in no view anything of a secret or private key")
    void viewsShowNothing() {
        KeyRing secret = KeyRing.read(TestKeys.SECRET);
        KeyRing ring = KeyRing.read(ring("next", "active", "previous"));

        assertThat(secret).hasToString("key ring [key without kid]");
        assertThat(ring).hasToString("key ring [key next-1, key active-1, key previous-1]");
        assertThat(ring.keySet(List.of(), null))
                .hasToString("key set [RS256 key next-1, RS256 key active-1, RS256 key previous-1]");
        assertThat(secret.keySet(List.of(), null)).hasToString("key set [HS256 key without kid]");
        assertThat(secret.signingKey(null, null)).hasToString("HS256 key without kid");
        assertThat(ring.signingKey(Algorithm.RS256, null)).hasToString("RS256 key active-1");
        assertThat(LeakGuard.leaks("" + secret + ring + ring.keySet(List.of(), null)))
                .isFalse();
        assertThat(LeakGuard.leaks(TestKeys.SECRET)).isTrue();
    }

    private static Algorithm algorithm(KeyRing ring, Algorithm... allowed) {
        return ring.keySet(List.of(allowed), null).keys().get(0).algorithm();
    }

    private static String ring(String first, String second, String third) {
        return "{\"keys\":[" + key("next-1", NEXT, first) + "," + key("active-1", ACTIVE, second) + ","
                + key("previous-1", PREVIOUS, third) + "]}";
    }

    private static String key(String kid, KeyPair pair, String status) {
        return "{" + TestKeys.privateJwkMembers(pair) + ",\"kid\":\"" + kid + "\",\"status\":\"" + status + "\"}";
    }

    private static String activeKeys(int count) {
        return "a key ring needs exactly one key with the status active, got " + count;
    }

    private static void refuses(ThrowingCallable reading, String problem) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage(problem)
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}

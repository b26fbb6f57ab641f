package dev.latchkey.keys;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A rotation")
class RingRotationTest {

    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofDays(2);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final RingRotation rotation = rotation(LIFETIME, null, null);

    private RingRotation rotation(@Nullable Duration lifetime, @Nullable Algorithm algorithm, @Nullable String kid) {
        return new RingRotation(clock, lifetime, algorithm, kid);
    }

    private RotatedRing rotate(String current) {
        return rotate(rotation, current);
    }

    private RotatedRing rotate(RingRotation by, String current) {
        RotatedRing ring = by.after(current, clock.instant().minus(RingRotation.PUBLISHED_FIRST), null);
        assertThat(by.isSuccessor(ring.text(), current)).isTrue();
        return ring;
    }

    private static String newRing(Algorithm algorithm) {
        return NewKeyRing.of(algorithm).secretText();
    }

    /** Secrets of every form, with the settings they need. */
    static Stream<Arguments> forms() {
        String rsa = TestKeys.privateJwkMembers(Door.RSA);
        return Stream.of(
                Arguments.of("a bare secret", SECRET, null),
                Arguments.of("a PEM", TestKeys.pem(Door.RSA.getPrivate()), Algorithm.RS256),
                Arguments.of("a PEM for PS384", TestKeys.pem(Door.RSA.getPrivate()), Algorithm.PS384),
                Arguments.of("a PKCS#1 PEM", Fixture.read("keys/rsa-pkcs1-private.pem"), Algorithm.RS256),
                Arguments.of("an EC PEM", Fixture.read("keys/ec-private.pem"), Algorithm.ES256),
                Arguments.of("an EC PEM of SEC 1", Fixture.read("keys/ec-sec1-private.pem"), Algorithm.ES256),
                Arguments.of("an Ed25519 PEM", Fixture.read("keys/ed25519-private.pem"), Algorithm.EdDSA),
                Arguments.of("a JWK", "{" + rsa + "}", Algorithm.RS256),
                Arguments.of("a JWK of a secret", "{" + TestKeys.jwkMembers(SECRET) + "}", null),
                Arguments.of("an EC JWK", "{" + Jwks.ecPrivateMembers(Door.EC) + "}", Algorithm.ES256),
                Arguments.of("a JWK Set", "{\"keys\":[{" + rsa + "}]}", Algorithm.RS256));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    @DisplayName("makes a ring of a secret that is none, in which no token that was good stops being so")
    void oldForms(String form, String secret, @Nullable Algorithm algorithm) {
        for (String kid : new String[] {null, "configured"}) {
            KeyRing old = KeyRing.read(secret);
            KeySet before = old.keySetBeside(algorithm, kid);
            SigningKey signing = old.signingKey(algorithm, kid);
            VerificationKey key = before.keys().get(0);
            RingRotation by = rotation(LIFETIME, algorithm, kid);
            String ring = secret;
            for (int turn = 0; turn < 4; turn++) {
                ring = rotate(by, ring).text();
                clock.turn(RingRotation.PUBLISHED_FIRST);
                KeySet after = KeyRing.read(ring).keySetBeside(algorithm, kid);
                for (String asked : new String[] {null, signing.kid().orElse(null), "configured", "unknown"}) {
                    assertThat(before.find(asked).isEmpty() || verifiesAs(key, after.find(asked)))
                            .as("%s with the kid %s, asked for %s in turn %d", form, kid, asked, turn)
                            .isTrue();
                }
            }
        }
    }

    private static boolean verifiesAs(VerificationKey key, Optional<VerificationKey> found) {
        return found.isPresent()
                && found.get().algorithm() == key.algorithm()
                && Optional.of(found.get()).map(VerificationKey::material).equals(Optional.of(key.material()));
    }

    @Test
    @DisplayName("leaves the key of a secret that is no ring active, and signing as it did, beside a next one")
    void firstRotation() {
        RotatedRing ring = rotate(SECRET);

        assertThat(ring.active()).isEqualTo("without-kid");
        assertThat(ring.next()).hasSize(1);
        assertThat(ring.previous()).isEmpty();
        assertThat(KeyRing.read(ring.text()).signingKey(null, null).sign(claims()))
                .isEqualTo(KeyRing.read(SECRET).signingKey(null, null).sign(claims()));
    }

    private static JsonObject claims() {
        return new JsonObjectBuilder().put("sub", "cus_1").build();
    }

    @Test
    @DisplayName("moves next to active and active to previous, and makes a new next of the same algorithm")
    void shift() {
        RotatedRing first = rotate(newRing(Algorithm.ES256));
        clock.turn(Duration.ofDays(90));
        RotatedRing second = rotate(first.text());

        assertThat(second.active()).isEqualTo(first.next().get(0));
        assertThat(second.previous()).containsExactly(first.active());
        assertThat(second.next()).hasSize(1).doesNotContain(first.active(), second.active());
        assertThat(second.gone()).isEmpty();
        assertThat(KeyRing.read(second.text()).keySet(List.of(), null).keys())
                .extracting(VerificationKey::algorithm)
                .containsOnly(Algorithm.ES256);
        assertThat(second)
                .hasToString("key ring, active " + second.active() + ", next " + second.next() + ", previous "
                        + second.previous());
    }

    @Test
    @DisplayName("K21: refuses to sign with a key before every verifier can have it, by its own time and the secret's")
    void tooEarly() {
        String ring = rotate(newRing(Algorithm.ES256)).text();
        Instant made = clock.instant();
        clock.turn(RingRotation.PUBLISHED_FIRST.minus(SECOND));
        assertThatExceptionOfType(RotationTooEarlyException.class)
                .isThrownBy(() -> rotation.after(ring, Instant.EPOCH, null))
                .withMessageContaining(made.plus(RingRotation.PUBLISHED_FIRST).toString())
                .withMessageContaining("scripts/keys rotate --now");
        clock.turn(SECOND);
        assertThat(rotation.after(ring, Instant.EPOCH, null).previous()).hasSize(1);

        Instant stored = made.plus(SECOND);
        assertThatExceptionOfType(RotationTooEarlyException.class)
                .isThrownBy(() -> rotation.after(ring, stored, null))
                .withMessageContaining(stored.plus(RingRotation.PUBLISHED_FIRST).toString());
        assertThat(rotation.atOnce(ring).previous()).hasSize(1);
    }

    @Test
    @DisplayName("leaves a previous key out when the longest lifetime and two days are over, and not before")
    void expiredPrevious() {
        RotatedRing ring = rotate(rotate(newRing(Algorithm.HS256)).text().replace("\"created\"", "\"made\""));
        String retired = ring.previous().get(0);
        clock.turn(LIFETIME.plus(MARGIN).minus(SECOND));
        RotatedRing before = rotate(ring.text());
        assertThat(before.previous()).contains(retired).hasSize(2);
        assertThat(before.gone()).isEmpty();
        clock.turn(SECOND);
        RotatedRing after = rotate(ring.text());
        assertThat(after.previous()).doesNotContain(retired).hasSize(1);
        assertThat(after.gone()).containsExactly(retired);
    }

    @Test
    @DisplayName("keeps what it cannot know, and counts by the longest lifetime under which a key signed")
    void unknownLifetimes() {
        RingRotation unknown = rotation(null, null, null);
        String ring = rotate(unknown, rotate(newRing(Algorithm.HS256)).text().replace("\"created\"", "\"made\""))
                .text();
        clock.turn(LIFETIME.multipliedBy(100));
        assertThat(rotate(unknown, ring).previous()).hasSize(2);

        RingRotation shorter = rotation(Duration.ofDays(1), null, null);
        String long30 = rotate(rotate(newRing(Algorithm.HS256)).text().replace("\"created\"", "\"made\""))
                .text();
        clock.turn(LIFETIME.plus(MARGIN).minus(SECOND));
        assertThat(rotate(shorter, long30).gone()).isEmpty();
        clock.turn(SECOND);
        assertThat(rotate(shorter, long30).gone()).hasSize(1);
    }

    @Test
    @DisplayName("dates a previous key that was put in by hand, and drops it in its time")
    void undated() {
        String ring = "{\"keys\":[" + "{" + TestKeys.jwkMembers(SECRET) + ",\"kid\":\"a\",\"status\":\"active\"},{"
                + TestKeys.jwkMembers(TestKeys.OTHER_SECRET)
                + ",\"kid\":\"b\",\"status\":\"previous\",\"owner\":\"x\"}]}";
        String seen = rotate(ring).text();
        assertThat(seen).contains("\"owner\":\"x\"", "\"retired\":" + TestTokens.NOW.getEpochSecond());
        clock.turn(LIFETIME.plus(MARGIN));
        assertThat(rotate(seen).gone()).containsExactly("b");
    }

    @Test
    @DisplayName("takes the private half from a key that signs no more")
    void noPrivateHalf() {
        String first = rotate(newRing(Algorithm.RS256)).text();
        clock.turn(RingRotation.PUBLISHED_FIRST);
        String second = rotate(first).text();

        assertThat(first.split("\"d\":", -1)).hasSize(3);
        assertThat(second.split("\"d\":", -1)).hasSize(3);
        assertThat(second.split("\"kid\":", -1)).hasSize(4);
    }

    @Test
    @DisplayName("at once activates the next key, or a new one where there is none")
    void atOnce() {
        RotatedRing made = rotation.atOnce(SECRET);
        assertThat(made.active()).isNotEqualTo("without-kid");
        assertThat(made.previous()).containsExactly("without-kid");
        assertThat(made.next()).hasSize(1);

        RotatedRing moved = rotation.atOnce(made.text());
        assertThat(moved.active()).isEqualTo(made.next().get(0));
        assertThat(moved.previous()).containsExactlyInAnyOrder("without-kid", made.active());
    }

    @Test
    @DisplayName("that drops a key drops it under every name, and puts another in its place")
    void dropped() {
        RotatedRing ring = rotate(rotation(LIFETIME, Algorithm.RS256, "k"), TestKeys.pem(Door.RSA.getPrivate()));
        assertThat(ring.active()).isEqualTo("k");
        assertThat(ring.previous()).hasSize(1);

        RotatedRing without = rotation.without(ring.text(), "k");
        assertThat(without.active()).isEqualTo(ring.next().get(0));
        assertThat(without.previous()).isEmpty();
        assertThat(without.next()).hasSize(1);
        assertThat(without.gone()).contains("k").hasSize(2);

        RotatedRing withoutNext = rotation.without(ring.text(), ring.next().get(0));
        assertThat(withoutNext.active()).isEqualTo("k");
        assertThat(withoutNext.next()).hasSize(1).doesNotContainAnyElementsOf(ring.next());
        assertThat(rotation.without(SECRET, "without-kid").active()).isNotEqualTo("without-kid");
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> rotation.without(ring.text(), "other"))
                .withMessageStartingWith("holds no key other. It holds [k, ");
    }

    @Test
    @DisplayName("goes over to another algorithm by a next key of it, which signer and verifier follow")
    void otherAlgorithm() {
        RotatedRing ring = rotation.withNext(rotate(SECRET).text(), Algorithm.RS256);
        assertThat(ring.next()).hasSize(1);
        assertThat(ring.previous()).hasSize(1);
        assertThat(KeyRing.read(ring.text()).signingKey(Algorithm.HS256, null).algorithm())
                .isEqualTo(Algorithm.HS256);
        clock.turn(RingRotation.PUBLISHED_FIRST);

        RotatedRing over = rotate(ring.text());

        KeyRing read = KeyRing.read(over.text());
        SigningKey signing = read.signingKey(Algorithm.HS256, "configured");
        assertThat(signing.algorithm()).isEqualTo(Algorithm.RS256);
        assertThat(signing.kid()).contains(ring.next().get(0));
        KeySet doors = read.keySetBeside(Algorithm.HS256, null);
        assertThat(doors.find(signing.kid().orElseThrow()))
                .map(VerificationKey::algorithm)
                .contains(Algorithm.RS256);
        assertThat(doors.find(null)).map(VerificationKey::algorithm).contains(Algorithm.HS256);
        assertThat(read.keySet(List.of(Algorithm.HS256), null).keys())
                .extracting(VerificationKey::algorithm)
                .containsOnly(Algorithm.HS256);
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> read.keySet(List.of(Algorithm.ES256), null))
                .withMessageContaining("holds no key for any of the allowed [ES256]");
    }

    @Test
    @DisplayName(
            "K12, K15: is no successor where a token would lose its key, another key signs than was to, a key's algorithm changed, or one that was"
                    + " dropped is there")
    void successors() {
        String current = rotate(newRing(Algorithm.ES256)).text();
        clock.turn(RingRotation.PUBLISHED_FIRST);
        String next = rotate(current).text();

        assertThat(rotation.isSuccessor(current, current)).isTrue();
        assertThat(rotation.isSuccessor(SECRET, SECRET)).isTrue();
        assertThat(rotation.isSuccessor(next, current)).isTrue();
        assertThat(rotation.isSuccessor(newRing(Algorithm.ES256), current)).isFalse();
        assertThat(rotation.isSuccessor(next, rotation.atOnce(next).text())).isFalse();
        assertThat(rotation.isSuccessor(rotation.atOnce(next).text(), current)).isFalse();
        assertThat(rotation.isSuccessor(
                        next, rotation.withNext(current, Algorithm.RS256).text()))
                .isFalse();
        String leaked = KeyRing.read(current).signingKey(null, null).kid().orElseThrow();
        String dropped = rotation.without(next, leaked).text();
        clock.turn(RingRotation.PUBLISHED_FIRST);
        assertThat(rotation.isSuccessor(rotate(dropped).text(), dropped)).isTrue();
        assertThat(rotation.isSuccessor(rotate(next).text(), dropped)).isFalse();
        String rsa = rotate(newRing(Algorithm.RS256)).text();
        assertThat(rotation.isSuccessor(rsa.replace("RS256", "RS512"), rsa)).isFalse();
    }

    @Test
    @DisplayName("K13: never gives a key id again, and makes nothing of a ring in which two keys share one")
    void kids() {
        String ring = SECRET;
        Set<String> seen = new HashSet<>();
        for (int turn = 0; turn < 20; turn++) {
            RotatedRing moved = rotation.atOnce(ring);
            assertThat(seen.add(moved.next().get(0))).isTrue();
            ring = moved.text();
        }
        String shared = "{" + TestKeys.jwkMembers(SECRET) + ",\"kid\":\"a\",\"status\":\"active\"}";
        refused(
                "{\"keys\":[" + shared + ","
                        + shared.replace(TestKeys.jwkMembers(SECRET), TestKeys.jwkMembers(TestKeys.OTHER_SECRET))
                                .replace("active", "next")
                        + "]}",
                null,
                "holds two keys with the kid a");
    }

    @Test
    @DisplayName("is stale when a day has gone since its newest key was made, and not before")
    void stale() {
        String ring = rotate(newRing(Algorithm.ES256)).text();
        clock.turn(RingRotation.FRESH);
        assertThat(rotation.isStale(ring)).isFalse();
        clock.turn(SECOND);
        assertThat(rotation.isStale(ring)).isTrue();
        assertThat(rotation.isStale(SECRET)).isFalse();
    }

    @Test
    @DisplayName("needs a key that signs, with a public half, and room for one more")
    void refused() {
        refused(TestKeys.pem(Door.RSA.getPublic()), Algorithm.RS256, "is a public key; signing needs the private key");
        refused(TestKeys.pem(Door.EC.getPrivate()), Algorithm.ES256, "Set PLUGIN_JWT_KID, or add that half");
        refused("{\"keys\":[]}", null, "holds no key for signatures");
        String padding = "x".repeat(62_500);
        refused(
                "{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"note\":\"" + padding + "\"}",
                Algorithm.RS256,
                "would be a key ring of more than 65536 bytes");
    }

    private void refused(String secret, @Nullable Algorithm algorithm, String message) {
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> rotate(rotation(LIFETIME, algorithm, null), secret))
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("leaves a key for encryption in the set as it is")
    void encryptionKey() {
        String set = "{\"keys\":[{" + TestKeys.jwkMembers(TestKeys.rsa("enc")) + ",\"kid\":\"e\",\"use\":\"enc\"},{"
                + TestKeys.jwkMembers(SECRET) + ",\"kid\":\"s\"}]}";
        RotatedRing ring = rotate(set);

        assertThat(ring.active()).isEqualTo("s");
        assertThat(ring.text()).contains("\"kid\":\"e\",\"use\":\"enc\"}");
    }
}

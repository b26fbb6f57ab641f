package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.SignedDocument;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.Verifier;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A key that is too weak to sign")
class WeakKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final String SECRET = LeakGuard.secret("Kx7-pq2Vb91_mZt4Lw0c");

    private final TurnableClock clock = new TurnableClock(NOW);
    private final List<List<String>> warnings = new ArrayList<>();

    private MovedKey moved(String secret, Algorithm algorithm) {
        return MovedKey.of(secret, algorithm, null, LIFETIME, clock);
    }

    private Verifier verifier(String ring) {
        KeyFetchListener listener = new KeyFetchListener() {
            @Override
            public void ended(Duration age, @Nullable RuntimeException failure) {
                assertThat(failure).isNull();
            }

            @Override
            public void weak(List<String> keys) {
                warnings.add(keys);
            }
        };
        return VerificationSettings.read(
                        new SettingsReader(Map.of("PLUGIN_JWT_SECRET_ID", "ring")),
                        new Secrets(extension -> id -> ring, clock, listener))
                .verifier(clock);
    }

    private String token(Algorithm algorithm, String secret, Duration lifetime) {
        JsonObject claims = new JsonObjectBuilder()
                .put("sub", "cus_1")
                .put("org_id", "cus_1")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.plus(lifetime).getEpochSecond())
                .build();
        return MovedKey.tokenOf(secret, algorithm, null, claims);
    }

    private static String rsa1024() {
        return TestKeys.pem(TestKeys.rsa("weak", 1024).getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"HS256", "RS256"})
    @DisplayName("K18: verifies what it signed, until its time is over, and the token is no longer good then")
    void untilItsTime(Algorithm algorithm) {
        String secret = algorithm == Algorithm.HS256 ? SECRET : rsa1024();
        MovedKey moved = moved(secret, algorithm);
        Verifier verifier = verifier(moved.ring());
        String token = token(algorithm, secret, Duration.ofDays(365));
        assertThat(moved.weakUntil()).isEqualTo(NOW.plus(LIFETIME).plus(MovedKey.TO_CHANGE_OVER));
        assertThat(verifier.verify(token)).isInstanceOf(Verification.Verified.class);
        clock.turn(Duration.between(NOW, moved.weakUntil()).minusSeconds(1));
        assertThat(verifier.verify(token)).isInstanceOf(Verification.Verified.class);
        clock.turn(Duration.ofSeconds(1));
        assertThat(verifier.verify(token)).isInstanceOfSatisfying(Verification.Rejected.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_KEY);
            assertThat(refused.mayPass()).isFalse();
        });
    }

    @Test
    @DisplayName("is warned of once, when it is read")
    void isWarnedOf() {
        MovedKey moved = moved(SECRET, Algorithm.HS256);
        Verifier verifier = verifier(moved.ring());
        verifier.verify(token(Algorithm.HS256, SECRET, LIFETIME));
        clock.turn(Duration.ofHours(1));
        verifier.verify(token(Algorithm.HS256, SECRET, LIFETIME));
        assertThat(warnings).containsExactly(List.of("key without kid until " + moved.weakUntil()));
    }

    @Test
    @DisplayName("K19: signs no status list, and is not published")
    void signsNothingElse() {
        String secret = rsa1024();
        KeySet keys = KeyRing.read(moved(secret, Algorithm.RS256).ring()).keySetBeside(Algorithm.RS256, null);
        String list = MovedKey.tokenOf(secret, Algorithm.RS256, null, new JsonObjectBuilder().build());
        assertThat(SignedDocument.open(list, keys, "jwt", 10_000))
                .isEqualTo(new SignedDocument.Refused(Reason.UNKNOWN_KEY));
        assertThat(keys.keys()).hasSize(2);
        assertThat(PublicJwkWriter.publicSet(keys).toString().split("\"kty\"", -1))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "next"})
    @DisplayName("K19: has no other place in a ring than that of a previous key")
    void isPrevious(String status) {
        String ring = moved(SECRET, Algorithm.HS256)
                .ring()
                .replace("\"status\":\"previous\"", "\"status\":\"" + status + "\"");
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> KeyRing.read(ring))
                .withMessageContaining("weak_until and is not previous. A weak key must not sign");
    }

    @Test
    @DisplayName("K18: has a time of 400 days after it signed at most")
    void isBounded() {
        MovedKey moved = MovedKey.of(SECRET, Algorithm.HS256, null, Duration.ofDays(3000), clock);
        Instant until = NOW.plus(WeakKey.LONGEST);
        assertThat(moved.weakUntil()).isEqualTo(until);
        String member = "\"weak_until\":";
        String longer = moved.ring()
                .replace(
                        member + until.getEpochSecond(),
                        member + until.plusSeconds(1).getEpochSecond());
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> KeyRing.read(longer))
                .withMessageContaining("weak_until of more than 400 days after retired");
        for (String wrong : List.of("\"soon\"", "-1", "1.5")) {
            String bad = moved.ring().replace(member + until.getEpochSecond(), member + wrong);
            assertThatExceptionOfType(InvalidKeyMaterialException.class)
                    .isThrownBy(() -> KeyRing.read(bad))
                    .withMessageContaining("needs weak_until in seconds since 1970");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shortsecret1234", "your-256-bit-secret", "aaaaaaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabcabc"})
    @DisplayName("K18: is not taken at all when everybody may forge its tokens")
    void tooWeak(String secret) {
        assertThatExceptionOfType(InvalidKeyMaterialException.class).isThrownBy(() -> moved(secret, Algorithm.HS256));
    }

    @Test
    @DisplayName("goes on signing when it is not too weak, with a next key beside it")
    void strong() {
        MovedKey moved = MovedKey.of(TestKeys.SECRET, Algorithm.HS256, "portal-1", LIFETIME, clock);
        assertThat(moved.weakUntil()).isNull();
        assertThat(moved.name()).isEqualTo("portal-1");
        assertThat(KeyRing.read(moved.ring()).signingKey(null, null).kid()).contains("portal-1");
        assertThat(moved.ring()).contains("\"status\":\"next\"").doesNotContain("weak_until");
        assertThat(moved).hasToString("MovedKey[name=portal-1, weakUntil=null]");
    }

    @Test
    @DisplayName("is left out by the first rotation after its time, and by none before, whatever the lifetime of keys")
    void isLeftOut() {
        MovedKey moved = moved(SECRET, Algorithm.HS256);
        RingRotation rotation = new RingRotation(clock, Duration.ofDays(1), Algorithm.HS256, null);
        clock.turn(Duration.between(NOW, moved.weakUntil()).minusSeconds(1));
        assertThat(rotation.atOnce(moved.ring()).previous()).contains(RotatedRing.WITHOUT_KID);
        clock.turn(Duration.ofSeconds(1));
        assertThat(rotation.atOnce(moved.ring()).gone()).containsExactly(RotatedRing.WITHOUT_KID);
    }

    @Test
    @DisplayName("is in what an authorizer without the secret checks with, until the same time")
    void isInThePublicRing() {
        MovedKey moved = moved(rsa1024(), Algorithm.RS256);
        String publicRing =
                NewKeyRing.verifyingText(moved.ring().replaceFirst("\"kty\"", "\"priv\":\"hidden\",\"kty\""));
        assertThat(publicRing).doesNotContain("hidden");
        assertThat(KeyRing.read(NewKeyRing.publicText(moved.ring())).weakKeys()).isEmpty();
        assertThat(KeyRing.read(publicRing).holdsPrivateKeys()).isFalse();
        assertThat(KeyRing.read(publicRing).weakKeys())
                .isEqualTo(KeyRing.read(moved.ring()).weakKeys())
                .hasSize(1);
    }
}

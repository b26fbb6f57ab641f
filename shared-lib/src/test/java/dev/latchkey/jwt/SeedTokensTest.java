package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that the portal's own plugin made with jsonwebtoken 8.5.1; src/test/resources/seed/README.txt tells how. */
@DisplayName("The keys of the portal's own plugin")
class SeedTokensTest {

    private static final Duration LIFETIME = Duration.ofDays(30);

    @ParameterizedTest(name = "{0} with {1}")
    @DisplayName("are accepted from the second they are issued to the last before they expire")
    @CsvSource({
        "hs256-token.txt, hs256-secret.txt",
        "hs256-kid-token.txt, hs256-secret.txt",
        "rs256-token.txt, rs256-public.pem"
    })
    void areAccepted(String tokenFile, String keyFile) {
        String token = token(tokenFile);
        Door door = Door.of(Fixture.read("seed/" + keyFile));

        VerifiedToken verified = door.accepts(token);
        assertThat(verified.companyId()).contains("cus_1");
        assertThat(verified.userId()).contains("cus_1");
        assertThat(verified.keyId()).isEmpty();
        assertThat(verified.expiresAt()).isEqualTo(TestTokens.NOW.plus(LIFETIME));

        door.clock().turn(LIFETIME.minusSeconds(1));
        door.accepts(token);
        door.clock().turn(Duration.ofSeconds(1));
        door.refuses(token, Reason.EXPIRED);
    }

    @Test
    @DisplayName("are refused a second before they were issued")
    void areRefusedEarlier() {
        TurnableClock clock = new TurnableClock(TestTokens.NOW.minusSeconds(1));
        KeySet keys = KeyRing.read(Fixture.read("seed/hs256-secret.txt")).keySet(List.of(), null);
        Door early = new Door(new TokenVerifier(KeySource.fixed(keys), VerificationRules.DEFAULT, clock), clock);

        early.refuses(token("hs256-token.txt"), Reason.ISSUED_IN_FUTURE);
        clock.turn(Duration.ofSeconds(1));
        early.accepts(token("hs256-token.txt"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("have the header and payload of ours, byte for byte, but for the jti that ours add at the end")
    @CsvSource({
        "hs256-token.txt, hs256-secret.txt, HS256, ",
        "hs256-kid-token.txt, hs256-secret.txt, HS256, key-1",
        "rs256-token.txt, rs256-private.pem, RS256, key-1"
    })
    void equalOurs(String tokenFile, String keyFile, Algorithm algorithm, @Nullable String kid) {
        SigningKey key = KeyRing.read(Fixture.read("seed/" + keyFile)).signingKey(algorithm, kid);
        TokenSigner signer = new TokenSigner(KeySource.fixed(key), ClaimNames.DEFAULT, null, List.of());

        Parts ours = Parts.of(signer.sign(new KeyClaims(
                "cus_1", TestTokens.KEY_ID, TestTokens.NOW.plusMillis(999), TestTokens.NOW.plus(LIFETIME))));
        Parts theirs = Parts.of(token(tokenFile));

        assertThat(ours.header()).isEqualTo(theirs.header());
        assertThat(ours.payloadText())
                .isEqualTo(theirs.payloadText().replace("}", ",\"jti\":\"" + TestTokens.KEY_ID + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("have the signature that ours have over the identical header and payload")
    @CsvSource({
        "hs256-token.txt, hs256-secret.txt, HS256, ",
        "hs256-kid-token.txt, hs256-secret.txt, HS256, key-1",
        "rs256-token.txt, rs256-private.pem, RS256, key-1"
    })
    void haveOurSignature(String tokenFile, String keyFile, Algorithm algorithm, @Nullable String kid)
            throws JsonSyntaxException {
        SigningKey key = KeyRing.read(Fixture.read("seed/" + keyFile)).signingKey(algorithm, kid);
        JsonObject claims = JsonReader.readObject(
                Parts.of(token(tokenFile)).payloadText().getBytes(UTF_8), new JsonLimits(8192, 4));

        assertThat(key.sign(claims)).isEqualTo(token(tokenFile));
    }

    private static String token(String file) {
        return Fixture.read("seed/" + file).strip();
    }
}

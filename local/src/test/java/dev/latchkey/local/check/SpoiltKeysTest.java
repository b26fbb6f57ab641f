package dev.latchkey.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.Expected;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.testing.TurnableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoiltKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ClaimNames NAMES = new ClaimNames("uid", "tenant");

    private final TurnableClock clock = new TurnableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS256", "ES256", "EdDSA"})
    void eachKeyIsRefusedForItsOneFlawAlone(Algorithm algorithm) {
        NewKeyRing ring = NewKeyRing.of(algorithm);
        Map<Flaw, Reason> reasons = new EnumMap<>(Flaw.class);
        spoiltKeys(ring).of(goodKey(ring)).forEach((flaw, key) -> reasons.put(flaw, reason(ring, key)));
        assertThat(reasons)
                .containsOnly(
                        Map.entry(Flaw.EXPIRED, Reason.EXPIRED),
                        Map.entry(Flaw.WRONG_AUDIENCE, Reason.WRONG_AUDIENCE),
                        Map.entry(Flaw.CHANGED_PAYLOAD, Reason.BAD_SIGNATURE),
                        Map.entry(Flaw.CHANGED_SIGNATURE, Reason.BAD_SIGNATURE),
                        Map.entry(Flaw.ALG_NONE, Reason.WRONG_ALGORITHM),
                        Map.entry(Flaw.FORGED_HS256, Reason.WRONG_ALGORITHM),
                        Map.entry(Flaw.UNKNOWN_KID, Reason.UNKNOWN_KEY));
    }

    @Test
    void nothingIsForgedOverASecretThatIsNoPublicKey() {
        NewKeyRing ring = NewKeyRing.of(Algorithm.HS256);
        Map<Flaw, String> spoilt = spoiltKeys(ring).of(goodKey(ring));
        assertThat(spoilt).doesNotContainKey(Flaw.FORGED_HS256).hasSize(Flaw.values().length - 1);
        spoilt.forEach(
                (flaw, key) -> assertThat(reason(ring, key)).as("%s", flaw).isNotEqualTo(Reason.UNSAFE_PATH));
    }

    @Test
    void nothingIsSignedOverClaimsThatThisStackDidNotSign() {
        NewKeyRing ring = NewKeyRing.of(Algorithm.HS256);
        String[] parts = goodKey(ring).split("\\.", -1);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        for (String forged : List.of(header + "." + parts[1] + ".AAAA", goodKey(NewKeyRing.of(Algorithm.HS256)))) {
            assertThat(spoiltKeys(ring).of(forged).keySet())
                    .containsOnly(Flaw.CHANGED_PAYLOAD, Flaw.CHANGED_SIGNATURE, Flaw.ALG_NONE, Flaw.UNKNOWN_KID);
        }
    }

    @Test
    void withoutTheKeysNothingThatTakesThemIsMade() {
        FunctionSettings none = new FunctionSettings(Map.of());
        Set<Flaw> made = new SpoiltKeys(none, none, clock)
                .of(goodKey(NewKeyRing.of(Algorithm.ES256)))
                .keySet();
        assertThat(made).containsOnly(Flaw.CHANGED_PAYLOAD, Flaw.CHANGED_SIGNATURE, Flaw.ALG_NONE, Flaw.UNKNOWN_KID);
    }

    @Test
    void aSecretThatIsNoneForJwtsSignsNothing() {
        FunctionSettings ofAnotherPlugin = new FunctionSettings(Map.of("PLUGIN_JWT_SECRET", "short"));
        assertThat(new SpoiltKeys(ofAnotherPlugin, ofAnotherPlugin, clock)
                        .of(goodKey(NewKeyRing.of(Algorithm.ES256)))
                        .keySet())
                .doesNotContain(Flaw.EXPIRED, Flaw.WRONG_AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a.b", "e30.e30.", "e30.W10.c2ln", "!.e30.c2ln", "e30.e30.c2ln.c2ln"})
    void whatIsNoSignedJwtIsNotSpoilt(String key) {
        assertThat(spoiltKeys(NewKeyRing.of(Algorithm.HS256)).of(key)).isEmpty();
    }

    private SpoiltKeys spoiltKeys(NewKeyRing ring) {
        FunctionSettings issueKey = new FunctionSettings(Map.of(
                "PLUGIN_JWT_SECRET",
                ring.secretText(),
                "PLUGIN_JWT_USER_ID_FIELD",
                NAMES.userId(),
                "PLUGIN_JWT_COMPANY_ID_FIELD",
                NAMES.companyId()));
        FunctionSettings authorizer = new FunctionSettings(Map.of("JWT_VERIFY_KEY", ring.verifyingText()));
        return new SpoiltKeys(issueKey, authorizer, clock);
    }

    private static String goodKey(NewKeyRing ring) {
        var signing = KeyRing.read(ring.secretText()).signingKey(null, null);
        return new TokenSigner(KeySource.fixed(signing), NAMES, "issuer", List.of("orders", "bills"))
                .sign(new KeyClaims("cus_1", "key_1", NOW, NOW.plusSeconds(60)));
    }

    private Reason reason(NewKeyRing ring, String key) {
        VerificationRules rules = new VerificationRules(
                new Expected.OneOf(List.of("issuer")), new Expected.OneOf(List.of("orders")), Duration.ZERO, NAMES);
        var keys = KeyRing.read(ring.verifyingText()).keySet(List.of(), null);
        Verification verification = new TokenVerifier(KeySource.fixed(keys), rules, clock).verify(key);
        return verification instanceof Verification.Rejected rejected ? rejected.reason() : Reason.UNSAFE_PATH;
    }
}

package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verifier of several issuers")
class VerifierByIssuerTest {

    private static final String A = "https://a.example";

    @Test
    @DisplayName("F: verifies an issuer's tokens by its keys and rules, and the others' by the rest")
    void chosen() {
        Verifier verifier = verifier(Door.hs256().verifier());

        assertThat(verifier.verify(ofA("orders", TestKeys.OTHER_SECRET))).isInstanceOf(Verification.Verified.class);
        assertThat(reason(verifier, ofA("billing", TestKeys.OTHER_SECRET))).contains(Reason.WRONG_AUDIENCE);
        assertThat(reason(verifier, ofA("orders", TestKeys.SECRET))).contains(Reason.BAD_SIGNATURE);
        assertThat(verifier.verify(Door.goodHs256())).isInstanceOf(Verification.Verified.class);
    }

    @Test
    @DisplayName("F: refuses what names none of them, or cannot be read, where there is no rest")
    void alone() {
        Verifier verifier = verifier(null);

        assertThat(reason(verifier, Door.goodHs256())).contains(Reason.WRONG_ISSUER);
        assertThat(reason(verifier, TestTokens.good("HS256").payloadText("{").hs256(TestKeys.OTHER_SECRET)))
                .contains(Reason.WRONG_ISSUER);
        assertThat(reason(verifier, "x.y")).contains(Reason.MALFORMED_TOKEN);
    }

    @Test
    @DisplayName("tells the kid that a refused token names, and of a good one its key's")
    void kids() {
        Verifier verifier = verifier(null);
        String named = TestTokens.good("HS256").header("kid", "named").hs256(TestKeys.SECRET);

        assertThat(verifier.verify(named).kid()).contains("named");
        assertThat(verifier.verify(ofA("orders", TestKeys.OTHER_SECRET)).kid()).contains("a-1");
        assertThat(verifier.verify("x.y").kid()).isEmpty();
    }

    private static Verifier verifier(@Nullable TokenVerifier others) {
        KeySet keys = KeyRing.read(TestKeys.OTHER_SECRET).keySet(List.of(), "a-1");
        VerificationRules rules = new VerificationRules(
                new Expected.OneOf(List.of(A)),
                new Expected.OneOf(List.of("orders")),
                Duration.ZERO,
                ClaimNames.DEFAULT);
        return new VerifierByIssuer(Map.of(A, Door.of(keys, rules).verifier()), others);
    }

    private static String ofA(String audience, String secret) {
        return TestTokens.good("HS256")
                .header("kid", "a-1")
                .claim("iss", A)
                .claim("aud", audience)
                .hs256(secret);
    }

    private static Optional<Reason> reason(Verifier verifier, String token) {
        return verifier.verify(token) instanceof Verification.Rejected rejected
                ? Optional.of(rejected.reason())
                : Optional.empty();
    }
}

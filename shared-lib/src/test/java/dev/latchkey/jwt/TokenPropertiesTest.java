package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.Mutations;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for all tokens: a verdict, never an exception, and no second token is as good as a good one. */
class TokenPropertiesTest {

    private static final Map<String, Door> DOORS = Map.of(
            Door.goodHs256(),
            Door.hs256(),
            Door.goodRs256(),
            Door.rsa(Algorithm.RS256),
            Door.goodEs256(),
            Door.es256());
    private static final List<String> GOOD = DOORS.keySet().stream().sorted().toList();
    private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"a\",\"typ\":\"JWT\"}";
    private static final String CLAIMS =
            "{\"org_id\":\"cus_1\",\"exp\":1772370000,\"iat\":1772366000,\"nbf\":1,\"jti\":\"c\"}";

    @Property(seed = "1")
    void anyTextHasAVerdict(@ForAll String text) {
        DOORS.values().forEach(door -> refused(door, text));
    }

    @Property(seed = "2", tries = 5000)
    void aChangedTokenIsRefusedUnlessItIsTheSame(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        String good = mutations.pick(GOOD);
        String changed = mutations.change(good);
        if (!changed.equals(good)) {
            refused(Objects.requireNonNull(DOORS.get(good)), changed);
        }
    }

    @Property(seed = "3", tries = 5000)
    void aChangedHeaderHasAVerdictThoughItIsSigned(@ForAll long seed) {
        verdict(TestTokens.good("HS256").headerText(Mutations.of(seed).change(HEADER)));
    }

    @Property(seed = "4", tries = 5000)
    void changedClaimsHaveAVerdictThoughTheyAreSigned(@ForAll long seed) {
        verdict(TestTokens.good("HS256").payload(Mutations.of(seed).change(CLAIMS.getBytes(StandardCharsets.UTF_8))));
    }

    private static void verdict(TestTokens token) {
        byte[] signed = token.signingInput().getBytes(StandardCharsets.US_ASCII);
        String tag = TestKeys.base64url(Macs.hs256(TestKeys.SECRET, signed));
        assertThat(Door.hs256().verifier().verify(token.signingInput() + "." + tag))
                .isNotNull();
    }

    private static void refused(Door door, String token) {
        assertThat(door.verifier().verify(token)).isInstanceOf(Verification.Rejected.class);
    }
}

package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Names")
class NamesTest {

    @Test
    @DisplayName("of algorithms are those of RFC 7518 and RFC 8037")
    void algorithms() {
        assertThat(Algorithm.names())
                .isEqualTo("HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA");
    }

    @Test
    @DisplayName("of algorithms are exact in tokens and keys, and in any case in settings; none is no algorithm")
    void algorithmCase() {
        assertThat(Algorithm.named("EdDSA")).contains(Algorithm.EdDSA);
        assertThat(Algorithm.named("EDDSA")).isEmpty();
        assertThat(Algorithm.namedInAnyCase("eddsa")).contains(Algorithm.EdDSA);
        for (String name : List.of("none", "NONE", "", " RS256", "RS25")) {
            assertThat(Algorithm.named(name)).isEmpty();
            assertThat(Algorithm.namedInAnyCase(name)).isEmpty();
        }
    }

    @Test
    @DisplayName("of reasons are in lower case, as queries on logs and metrics have them")
    void reasons() {
        assertThat(Reason.BAD_SIGNATURE.code()).isEqualTo("bad_signature");
        assertThat(Reason.EXPIRED.code()).isEqualTo("expired");
    }

    @Test
    @DisplayName("of claims have up to 256 characters")
    void claims() {
        assertThat(ClaimNames.isUsable("c".repeat(256))).isTrue();
        assertThat(ClaimNames.isUsable("c".repeat(257))).isFalse();
    }
}

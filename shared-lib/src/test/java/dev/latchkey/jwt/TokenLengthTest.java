package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A signed token")
class TokenLengthTest {

    private static final KeyClaims CLAIMS =
            new KeyClaims("cus_1", TestTokens.KEY_ID, TestTokens.NOW, TestTokens.NOW.plusSeconds(60));

    @Test
    @DisplayName("E19: has at most the 8,192 characters that verifiers take; a longer one is not given out")
    void longest() {
        String ten = signed("i".repeat(10));
        int payload = Parts.of(ten).payloadText().length();
        int others = ten.length() - (payload * 4 + 2) / 3;
        String issuer = "i".repeat(10 + (8192 - others) * 3 / 4 - payload);

        assertThat(signed(issuer)).hasSize(8192);
        assertThatThrownBy(() -> signed(issuer + "i"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the token has 8193 characters, more than the 8192 that verifiers take");
    }

    private static String signed(String issuer) {
        SigningKey key = KeyRing.read(TestKeys.SECRET).signingKey(null, null);
        return new TokenSigner(KeySource.fixed(key), ClaimNames.DEFAULT, issuer, List.of()).sign(CLAIMS);
    }
}

package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("H: An answer")
class AnswerSizeTest {

    private static final String STAGE = "s".repeat(128);
    private static final String LONG_ARN =
            "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:" + "a".repeat(64) + "/" + STAGE + "/GET/orders";

    @ParameterizedTest
    @DisplayName(
            "H17: with eight claims of 512 characters is at most 8,192 bytes, whatever the characters, and what is left out is logged")
    @ValueSource(strings = {"x", "\u00e9", "\u20ac", "\""})
    void manyClaims(String character) {
        TestAuthorizer authorizer = TestAuthorizer.with("CONTEXT_CLAIMS", "c0, c1, c2, c3, c4, c5, c6, c7");
        StringBuilder claims = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            claims.append(member("c" + i, character.repeat(character.equals("x") ? 512 : 200)));
        }
        JsonObject answer = authorizer.token(token(character.repeat(200), claims.toString()), LONG_ARN);

        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Allow");
        assertThat(size(answer)).isLessThanOrEqualTo(AnswerSize.MAX_BYTES);
        int told = answer.object("context").members().size() - 4;
        assertThat(answer.object("context").members().keySet())
                .contains("user_id", "company_id", "key_id", "expires_at");
        String leftOut = authorizer.logged().string("leftOutOfContext").orElse("");
        assertThat(told + (leftOut.isEmpty() ? 0 : leftOut.split(",", -1).length))
                .isEqualTo(8);
        assertThat(leftOut.isEmpty()).isEqualTo(told == 8);
        assertThat(told == 8).isEqualTo(character.equals("x") || character.equals("\""));
    }

    @Test
    @DisplayName("H17: of exactly 8,192 bytes is given whole, and one that would have a byte more lacks its last claim")
    void boundary() {
        TestAuthorizer authorizer = TestAuthorizer.with("CONTEXT_CLAIMS", "a, b, c, d, e, f, g, h");
        int rest = AnswerSize.MAX_BYTES - size(authorizer.token(filled(0)));
        JsonObject fitting = authorizer.token(filled(rest));
        assertThat(size(fitting)).isEqualTo(AnswerSize.MAX_BYTES);
        assertThat(fitting.object("context").string("h")).isPresent();
        JsonObject larger = authorizer.token(filled(rest + 1));
        assertThat(larger.object("context").string("g")).isPresent();
        assertThat(larger.object("context").string("h")).isEmpty();
        assertThat(authorizer.logged().string("leftOutOfContext")).contains("h");
    }

    private static String filled(int more) {
        StringBuilder claims = new StringBuilder();
        for (String name : new String[] {"a", "b", "c", "d", "e", "f", "g"}) {
            claims.append(member(name, "\u20ac".repeat(140) + "x".repeat(more / 8)));
        }
        return token("cus_1", claims + member("h", "x".repeat(1 + more - 7 * (more / 8))));
    }

    /** Not escaped, so that many characters fit into a token. */
    private static String token(String company, String members) {
        return TestTokens.good("HS256")
                .payloadText(
                        "{\"exp\":1900000000,\"sub\":\"u\",\"jti\":\"k\"" + member("org_id", company) + members + "}")
                .hs256(TestKeys.SECRET);
    }

    private static String member(String name, String value) {
        return ",\"" + name + "\":\"" + value.replace("\"", "\\\"") + "\"";
    }

    @Test
    @DisplayName(
            "H17: that cannot hold the routes of a key's scopes behind a long ARN is a Deny with a reason, and one that can is an Allow")
    void manyRoutes() {
        String[] routes = new String[46];
        Arrays.setAll(routes, i -> "GET /" + i);
        TestAuthorizer authorizer =
                TestAuthorizer.with("SCOPE_ROUTES", "s = " + String.join(", ", routes) + "; t = GET /t");
        JsonObject denied = authorizer.token(scoped("s"), LONG_ARN);
        assertThat(TestAuthorizer.effect(denied)).isEqualTo("Deny");
        assertThat(authorizer.reason()).isEqualTo("answer_too_large");
        assertThat(size(denied)).isLessThanOrEqualTo(AnswerSize.MAX_BYTES);
        assertThat(TestAuthorizer.effect(authorizer.token(scoped("t"), LONG_ARN)))
                .isEqualTo("Allow");
        assertThat(TestAuthorizer.effect(authorizer.token(scoped("s")))).isEqualTo("Allow");
    }

    private static String scoped(String scope) {
        return TestTokens.good("HS256").claim("scope", scope).hs256(TestKeys.SECRET);
    }

    private static int size(JsonObject answer) {
        return answer.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}

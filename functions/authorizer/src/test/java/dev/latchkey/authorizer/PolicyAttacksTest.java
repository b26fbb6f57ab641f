package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section H of the attack catalogue: policy, context, cache. */
class PolicyAttacksTest {

    private static final String API = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234";

    private final TestAuthorizer authorizer = TestAuthorizer.with();
    private final String good = TestTokens.good("HS256").hs256(TestKeys.SECRET);

    @DisplayName("H1: an Allow covers the whole stage, so that the cache does not refuse the second route")
    @Test
    void stageWide() {
        assertThat(TestAuthorizer.resource(authorizer.token(good, API + "/prod/GET/a")))
                .isEqualTo(API + "/prod/*");
        assertThat(authorizer.token(good, API + "/prod/GET/a"))
                .isEqualTo(authorizer.token(good, API + "/prod/POST/b/c"));
    }

    @DisplayName("H2: a policy never reaches beyond the API of the call")
    @ParameterizedTest
    @CsvSource({"stage, /prod/*", "api, /*", "method, /prod/GET/orders/1", "STAGE, /prod/*"})
    void scopes(String scope, String suffix) {
        JsonObject answer = TestAuthorizer.with("POLICY_SCOPE", scope).token(good, API + "/prod/GET/orders/1");
        assertThat(TestAuthorizer.resource(answer)).isEqualTo(API + suffix);
    }

    @DisplayName("H3: a wildcard in the request's path never becomes one in the policy")
    @ParameterizedTest
    @ValueSource(strings = {"/files/*", "/*", "/files/a?c", "/files/\n"})
    void wildcardInPath(String path) {
        TestAuthorizer methodScope = TestAuthorizer.with("POLICY_SCOPE", "method");
        JsonObject answer = methodScope.token(good, API + "/prod/GET" + path);
        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Deny");
        assertThat(methodScope.reason()).isEqualTo("unsafe_path");
        assertThat(TestAuthorizer.effect(methodScope.token(good, API + "/prod/GET/files/a")))
                .isEqualTo("Allow");
        assertThat(TestAuthorizer.resource(authorizer.token(good, API + "/prod/GET" + path)))
                .isEqualTo(API + "/prod/*");
    }

    @DisplayName("H3: a resource of 512 characters is allowed in method scope, one of 513 is not")
    @Test
    void longPath() {
        TestAuthorizer methodScope = TestAuthorizer.with("POLICY_SCOPE", "method");
        String arn = API + "/prod/GET/";
        String longest = arn + "a".repeat(512 - arn.length());
        assertThat(TestAuthorizer.effect(methodScope.token(good, longest))).isEqualTo("Allow");
        assertThat(TestAuthorizer.effect(methodScope.token(good, longest + "a")))
                .isEqualTo("Deny");
    }

    @DisplayName("H4: the context tells the back end when the key expires")
    @Test
    void expiry() {
        assertThat(authorizer.token(good).object("context").string("expires_at"))
                .contains("2026-03-01T13:00:00Z");
    }

    @DisplayName("H5: a malformed ARN is an error, never a default resource")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "arn:aws:execute-api:us-east-1:123456789012:abcdef1234",
                "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod",
                "arn:aws:execute-api:us-east-1:123456789012:/prod/GET/",
                "arn:aws:execute-api:us-east-1:1234:abcdef1234/prod/GET/",
                "arn:aws:execute-api:*:123456789012:abcdef1234/prod/GET/",
                "arn:aws:execute-api:us-east-1:123456789012:*/prod/GET/",
                "arn:aws:s3:us-east-1:123456789012:abcdef1234/prod/GET/",
                "urn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/"
            })
    void malformedArn(String arn) {
        assertThatThrownBy(() -> authorizer.token(good, arn)).isExactlyInstanceOf(UnknownEventException.class);
    }

    @DisplayName("H6: odd but legal ARNs are allowed, partition and stage kept")
    @ParameterizedTest
    @CsvSource({
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/$default/GET/, $default",
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/test-invoke-stage/GET/orders, test-invoke-stage",
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/ESTestInvoke-stage/GET/, ESTestInvoke-stage",
        "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:abcdef1234/prod/GET/a/b/c, prod",
        "arn:aws-cn:execute-api:cn-north-1:123456789012:abcdef1234/prod/GET/a:b:c, prod",
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/$connect, prod",
        "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/*/GET/, *",
    })
    void oddArns(String arn, String stage) {
        String api = arn.substring(0, arn.indexOf('/'));
        assertThat(TestAuthorizer.resource(authorizer.token(good, arn))).isEqualTo(api + "/" + stage + "/*");
    }

    @DisplayName("H7, H8: other claims never reach the context, nested or many")
    @Test
    void contextHoldsOnlyWhatIsDocumented() {
        TestTokens token = TestTokens.good("HS256")
                .claim("nested", new JsonObjectBuilder().put("a", 1).build())
                .claim("list", new JsonArray(List.of(new JsonString("x"))));
        for (int i = 0; i < 30; i++) {
            token.claim("claim" + i, "x".repeat(100));
        }
        JsonObject context = authorizer.token(token.hs256(TestKeys.SECRET)).object("context");
        assertThat(context.members().keySet()).containsExactly("user_id", "company_id", "key_id", "expires_at");
        assertThat(context.members().values()).allMatch(JsonString.class::isInstance);
    }

    @DisplayName("H9: control characters in a company refuse the key")
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Admin: 1", "a\u0000", "a\u007f", "a\u0085"})
    void controlCharacters(String company) {
        String token = TestTokens.good("HS256").claim("org_id", company).hs256(TestKeys.SECRET);
        assertThatThrownBy(() -> authorizer.token(token)).isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo("malformed_claims");
    }

    @DisplayName("H10, H11: an odd company is passed on character by character, as plain text")
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "a/b", "\ud83d\udd11", "\"],\"Effect\":\"Allow\",\"Resource\":\"*"})
    void oddCompany(String company) {
        JsonObject answer = authorizer.token(
                TestTokens.good("HS256").claim("org_id", company).hs256(TestKeys.SECRET));
        assertThat(answer.string("principalId")).contains(company);
        assertThat(answer.object("context").string("company_id")).contains(company);
        assertThat(TestAuthorizer.resource(answer)).isEqualTo(API + "/prod/*");
    }

    @DisplayName("H10: a company of 256 characters is allowed, one of 257 is not")
    @Test
    void longCompany() {
        String longest = "x".repeat(256);
        assertThat(authorizer
                        .token(TestTokens.good("HS256").claim("org_id", longest).hs256(TestKeys.SECRET))
                        .string("principalId"))
                .contains(longest);
        String token = TestTokens.good("HS256").claim("org_id", longest + "x").hs256(TestKeys.SECRET);
        assertThatThrownBy(() -> authorizer.token(token)).isExactlyInstanceOf(Unauthorized.class);
    }

    @DisplayName("F15: a key without a company, or with a blank one, is denied and never becomes a principal")
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void blankCompany(String company) {
        JsonObject answer = authorizer.token(
                TestTokens.good("HS256").claim("org_id", company).hs256(TestKeys.SECRET));
        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Deny");
        assertThat(authorizer.reason()).isEqualTo("missing_company");
    }

    @DisplayName("F15: a key that names nobody is denied as anonymous")
    @Test
    void nobody() {
        JsonObject answer = authorizer.token(TestTokens.good("HS256")
                .claim("org_id", JsonValue.NULL)
                .withoutClaim("sub")
                .hs256(TestKeys.SECRET));
        assertThat(answer.string("principalId")).contains("anonymous");
        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Deny");
    }

    @DisplayName(
            "H13, H14: every refusal is the same word, without a trace of where it came from; the log alone tells why")
    @ParameterizedTest(name = "{1}")
    @MethodSource
    void theWord(String token, String reason) {
        TestAuthorizer keyed =
                TestAuthorizer.with("JWT_VERIFY_KEY", "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"k1\"}");
        assertThatThrownBy(() -> keyed.token(token))
                .isExactlyInstanceOf(Unauthorized.class)
                .hasToString("dev.latchkey.authorizer.Unauthorized: Unauthorized")
                .hasNoCause()
                .hasNoSuppressedExceptions()
                .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty());
        assertThat(keyed.reason()).isEqualTo(reason);
    }

    static Stream<Arguments> theWord() {
        return Stream.of(
                Arguments.of("", "missing_token"),
                Arguments.of("x", "malformed_token"),
                Arguments.of("Basic x", "malformed_authorization"),
                Arguments.of(keyed().headerText("{").hs256(TestKeys.SECRET), "malformed_header"),
                Arguments.of(keyed().header("crit", "x").hs256(TestKeys.SECRET), "unsupported_header"),
                Arguments.of(keyed().header("kid", "k2").hs256(TestKeys.SECRET), "unknown_key"),
                Arguments.of(keyed().header("alg", "HS512").hs256(TestKeys.SECRET), "wrong_algorithm"),
                Arguments.of(keyed().hs256(TestKeys.OTHER_SECRET), "bad_signature"),
                Arguments.of(keyed().payloadText("{").hs256(TestKeys.SECRET), "malformed_claims"),
                Arguments.of(keyed().claim("exp", 1).hs256(TestKeys.SECRET), "expired"),
                Arguments.of(keyed().claim("nbf", 9_999_999_999L).hs256(TestKeys.SECRET), "not_yet_valid"),
                Arguments.of(keyed().claim("iss", "i").hs256(TestKeys.SECRET), "wrong_issuer"));
    }

    private static TestTokens keyed() {
        return TestTokens.good("HS256").header("kid", "k1");
    }
}

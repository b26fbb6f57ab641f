package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("F: Claims")
class ClaimAttacksTest {

    private static final Expected OURS = new Expected.OneOf(List.of("https://issuer.example", "two"));

    private final Door door = Door.hs256();

    @Test
    @DisplayName("F13: where an issuer is configured, its exact name is needed")
    void issuer() {
        Door strict = door(OURS, new Expected.Absent());

        strict.accepts(with("iss", "\"https://issuer.example\""));
        strict.accepts(with("iss", "\"two\""));
        for (String other : List.of(
                "\"https://issuer.example/\"",
                "\"https://ISSUER.example\"",
                "\"https://issuer.exampl\"",
                "\"\"",
                "null")) {
            strict.refuses(with("iss", other), Reason.WRONG_ISSUER);
        }
        strict.refuses(with("x", "1"), Reason.WRONG_ISSUER);
        for (String odd : List.of("[\"two\"]", "1", "true", "{}", "\"two\\u0000\"")) {
            strict.refuses(with("iss", odd), Reason.MALFORMED_CLAIMS);
        }
    }

    @Test
    @DisplayName("F13: where an audience is configured, its exact name is needed")
    void audience() {
        Door strict = door(new Expected.Absent(), OURS);

        strict.accepts(with("aud", "\"https://issuer.example\""));
        for (String other : List.of("\"https://issuer.example/\"", "\"TWO\"", "\"\"", "[]", "[\"three\",\"TWO\"]")) {
            strict.refuses(with("aud", other), Reason.WRONG_AUDIENCE);
        }
        strict.refuses(with("x", "1"), Reason.WRONG_AUDIENCE);
        for (String odd : List.of("1", "null", "{}", "[1]", "[\"two\",null]", "[[\"two\"]]", "{\"two\":1}")) {
            strict.refuses(with("aud", odd), Reason.MALFORMED_CLAIMS);
        }
    }

    @Test
    @DisplayName("F14: an audience array with ours among others is fine")
    void audienceArray() {
        Door strict = door(new Expected.Absent(), OURS);

        strict.accepts(with("aud", "[\"three\",\"two\"]"));
        strict.accepts(with("aud", "[\"two\"]"));
    }

    @Test
    @DisplayName("F13: where nothing is expected, a token with an issuer or audience is meant for others")
    void expectedAbsent() {
        door.accepts(with("x", "1"));
        door.accepts(with("iss", "null"));
        door.accepts(with("aud", "[]"));
        door.refuses(with("iss", "\"two\""), Reason.WRONG_ISSUER);
        door.refuses(with("iss", "\"\""), Reason.WRONG_ISSUER);
        door.refuses(with("aud", "\"two\""), Reason.WRONG_AUDIENCE);
        door.refuses(with("aud", "[\"two\"]"), Reason.WRONG_AUDIENCE);
    }

    @Test
    @DisplayName("F13: a waived check takes any issuer and audience of the right type, and none")
    void expectedAnything() {
        Door open = door(new Expected.Anything(), new Expected.Anything());

        open.accepts(with("x", "1"));
        open.accepts(with("iss", "\"x\""));
        open.accepts(with("aud", "[\"x\",\"y\"]"));
        open.refuses(with("iss", "[\"x\"]"), Reason.MALFORMED_CLAIMS);
        open.refuses(with("aud", "[1]"), Reason.MALFORMED_CLAIMS);
    }

    @Test
    @DisplayName("F13: an expectation of one of no values cannot be made")
    void expectedOneOfNone() {
        assertThat(new Expected.OneOf(List.of("x")).accepts(List.of("x"))).isTrue();
        assertThatThrownBy(() -> new Expected.OneOf(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at least one value must be expected");
    }

    @ParameterizedTest
    @DisplayName("F15: a company that is missing, empty, blank or null is empty and never a text such as null")
    @ValueSource(strings = {"\"x\":1", "\"org_id\":\"\"", "\"org_id\":\" \"", "\"org_id\":null"})
    void withoutCompany(String member) {
        assertThat(door.accepts(withMembers("\"org_id\":\"cus_1\"")).companyId())
                .contains("cus_1");
        assertThat(door.accepts(withMembers(member)).companyId()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("F16: a company, user or key id of another type is refused")
    @ValueSource(strings = {"1.5", "true", "{}", "[]", "[\"cus_1\",\"cus_2\"]", "[[\"cus_1\"]]", "{\"id\":\"cus_1\"}"})
    void idOfOtherType(String value) {
        for (String claim : List.of("org_id", "sub", "jti", "iss")) {
            if (!claim.equals("iss")) {
                door.accepts(withMembers("\"" + claim + "\":\"cus_1\""));
            }
            door.refuses(withMembers("\"" + claim + "\":" + value), Reason.MALFORMED_CLAIMS);
        }
    }

    @Test
    @DisplayName(
            "F16: a whole number, and the only element of an array, are ids of companies and users, and of nothing else")
    void numbersAndOnlyElements() {
        assertThat(door.accepts(withMembers("\"org_id\":42")).companyId()).contains("42");
        assertThat(door.accepts(withMembers("\"sub\":[\"cus_1\"]")).userId()).contains("cus_1");
        assertThat(door.accepts(withMembers("\"org_id\":[42]")).companyId()).contains("42");
        for (String claim : List.of("jti", "iss")) {
            door.refuses(withMembers("\"" + claim + "\":42"), Reason.MALFORMED_CLAIMS);
            door.refuses(withMembers("\"" + claim + "\":[\"cus_1\"]"), Reason.MALFORMED_CLAIMS);
        }
    }

    @Test
    @DisplayName("F16: an id of 256 characters is good, one of 257 or with a control character is refused")
    void idLimits() {
        for (String claim : List.of("org_id", "sub", "jti")) {
            String member = "\"" + claim + "\":\"";
            door.accepts(withMembers(member + "i".repeat(256) + "\""));
            door.refuses(withMembers(member + "i".repeat(257) + "\""), Reason.MALFORMED_CLAIMS);
            door.refuses(withMembers(member + "cus_1\\u0000\""), Reason.MALFORMED_CLAIMS);
            door.refuses(withMembers(member + "cus_1\\r\\nX-Company-Id: cus_2\""), Reason.MALFORMED_CLAIMS);
            door.refuses(withMembers(member + "cus_1\\u0085\""), Reason.MALFORMED_CLAIMS);
        }
    }

    @Test
    @DisplayName("F16: the claims that are checked are those that are configured")
    void configuredNames() {
        Door other = Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(
                        new Expected.Absent(), new Expected.Absent(), Duration.ZERO, new ClaimNames("uid", "company")));

        VerifiedToken token = other.accepts(withMembers("\"uid\":\"u\",\"company\":\"c\",\"org_id\":1"));
        assertThat(token.userId()).contains("u");
        assertThat(token.companyId()).contains("c");
        other.refuses(withMembers("\"company\":{}"), Reason.MALFORMED_CLAIMS);
    }

    @Test
    @DisplayName("F16: a claim with a meaning of its own or without a name cannot carry the company")
    void reservedNames() {
        assertThat(new ClaimNames("sub", "sub").companyId()).isEqualTo("sub");
        for (String name : List.of("iss", "aud", "exp", "nbf", "iat", "jti", "", " ", "n".repeat(257))) {
            assertThatThrownBy(() -> new ClaimNames("sub", name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new ClaimNames(name, "org_id")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("F17: an ID token or refresh token of the same key is refused by its audience, issuer or type")
    void otherKindsOfTokens() {
        Door strict = door(new Expected.OneOf(List.of("https://issuer.example")), new Expected.OneOf(List.of("api")));
        String issuer = "\"iss\":\"https://issuer.example\",";

        strict.accepts(withMembers(issuer + "\"aud\":\"api\""));
        strict.refuses(withMembers(issuer + "\"aud\":\"client-1\",\"nonce\":\"n\""), Reason.WRONG_AUDIENCE);
        strict.refuses(withMembers(issuer + "\"token_use\":\"id\""), Reason.WRONG_AUDIENCE);
        door.refuses(withMembers(issuer + "\"nonce\":\"n\""), Reason.WRONG_ISSUER);
        door.refuses(TestTokens.good("HS256").header("typ", "refresh+jwt").hs256(TestKeys.SECRET), Reason.WRONG_TYPE);
    }

    @Test
    @DisplayName("F18: a staging token in production under the same key is refused where the issuer is configured")
    void otherEnvironment() {
        Door production = door(new Expected.OneOf(List.of("https://prod.example")), new Expected.Absent());

        production.accepts(with("iss", "\"https://prod.example\""));
        production.refuses(with("iss", "\"https://staging.example\""), Reason.WRONG_ISSUER);
    }

    @Test
    @DisplayName("M2: a jti that refuses the token does not reach the log with it")
    void oddKeyId() {
        Verification refused = Door.hs256()
                .verifier()
                .verify(TestTokens.good("HS256").claim("jti", "a\nb").hs256(TestKeys.SECRET));
        assertThat(refused)
                .isEqualTo(new Verification.Rejected(
                        Reason.MALFORMED_CLAIMS,
                        null,
                        null,
                        new Mismatch("jti", "a text of at most 256 characters, no control characters")));
        Verification expired = Door.hs256()
                .verifier()
                .verify(TestTokens.good("HS256").claim("exp", 1).hs256(TestKeys.SECRET));
        assertThat(expired)
                .isEqualTo(new Verification.Rejected(
                        Reason.EXPIRED, null, TestTokens.KEY_ID, new Mismatch("exp", "at most 0 s ago")));
    }

    @Test
    @DisplayName("M7: type hints in claims are data like any other")
    void typeHints() {
        VerifiedToken token = door.accepts(withMembers(
                "\"@class\":\"javax.script.ScriptEngineManager\",\"@type\":\"java.net.URL\",\"__proto__\":{}"));
        assertThat(token.claims().string("@class")).contains("javax.script.ScriptEngineManager");
    }

    private static Door door(Expected issuer, Expected audience) {
        return Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(issuer, audience, Duration.ZERO, ClaimNames.DEFAULT));
    }

    private static String with(String claim, String value) {
        return withMembers("\"" + claim + "\":" + value);
    }

    private static String withMembers(String members) {
        return TestTokens.good("HS256")
                .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "," + members + "}")
                .hs256(TestKeys.SECRET);
    }
}

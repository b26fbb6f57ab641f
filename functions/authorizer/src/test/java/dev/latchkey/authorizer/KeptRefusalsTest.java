package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("H: A refusal that API Gateway keeps")
class KeptRefusalsTest {

    private static final Duration AHEAD = Duration.ofSeconds(2);

    /** Ways of asking in which a refusal is an answer, which API Gateway keeps, and no error. */
    private enum Door {
        HTTP_API_SIMPLE("HTTP_API_RESPONSE", "simple"),
        HTTP_API_POLICY("HTTP_API_RESPONSE", "policy"),
        REST_API_DENY("REFUSAL", "deny");

        private final String setting;
        private final String value;

        Door(String setting, String value) {
            this.setting = setting;
            this.value = value;
        }

        TestAuthorizer with(String... settings) {
            String[] all = Arrays.copyOf(settings, settings.length + 2);
            all[settings.length] = setting;
            all[settings.length + 1] = value;
            return TestAuthorizer.with(all);
        }

        String answer(TestAuthorizer authorizer, String token) {
            if (this == REST_API_DENY) {
                return authorizer.token("Bearer " + token).toString();
            }
            return authorizer
                    .call("{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":\"" + TestAuthorizer.ARN
                            + "\",\"headers\":{\"authorization\":\"Bearer " + token + "\"}}")
                    .toString();
        }
    }

    @ParameterizedTest
    @DisplayName(
            "H16: is not that of a token whose nbf is 2 seconds ahead, which is allowed in time and refused just before")
    @EnumSource
    void notYetValid(Door door) {
        comesTrue(door, "nbf", "not_yet_valid");
    }

    @ParameterizedTest
    @DisplayName(
            "H16: is not that of a token whose iat is 2 seconds ahead, which is allowed in time and refused just before")
    @EnumSource
    void issuedInFuture(Door door) {
        comesTrue(door, "iat", "issued_in_future");
    }

    private static void comesTrue(Door door, String claim, String reason) {
        TestAuthorizer authorizer = door.with();
        String early = TestTokens.good("HS256")
                .claim(claim, TestTokens.NOW.plus(AHEAD).getEpochSecond())
                .hs256(TestKeys.SECRET);
        isNotKept(door, authorizer, early);
        assertThat(authorizer.reason()).isEqualTo(reason);
        authorizer.clock.turn(AHEAD.minusNanos(1));
        isNotKept(door, authorizer, early);
        authorizer.clock.turn(Duration.ofNanos(1));
        assertThat(door.answer(authorizer, early)).contains("cus_1");
    }

    @ParameterizedTest
    @DisplayName("H16: is not that of a token whose key is not known, since it may be published in a moment")
    @EnumSource
    void unknownKey(Door door) {
        String key = "{" + TestKeys.jwkMembers(TestKeys.rsa("door")) + ",\"kid\":\"key-1\"}";
        TestAuthorizer authorizer = door.with("JWT_VERIFY_KEY", key);
        isNotKept(
                door,
                authorizer,
                TestTokens.good("RS256")
                        .header("kid", "key-2")
                        .rs256(TestKeys.rsa("next").getPrivate()));
        assertThat(authorizer.reason()).isEqualTo("unknown_key");
    }

    @ParameterizedTest
    @DisplayName("H16: is that of a token that will never be good")
    @EnumSource
    void forGood(Door door) {
        TestAuthorizer authorizer = door.with();
        String malformed = "a.b.c";
        String forged = TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET);
        String expired = TestTokens.good("HS256")
                .claim("exp", TestTokens.NOW.getEpochSecond())
                .hs256(TestKeys.SECRET);
        for (String token : new String[] {malformed, forged, expired}) {
            assertThat(door.answer(authorizer, token)).containsAnyOf("Deny", "{\"isAuthorized\":false}");
        }
    }

    @Test
    @DisplayName("H16: has one of the reasons that no time and no new key changes")
    void reasons() {
        assertThat(Arrays.stream(Reason.values()).filter(Reason::mayPass))
                .containsExactly(
                        Reason.UNKNOWN_KEY, Reason.NOT_YET_VALID, Reason.ISSUED_IN_FUTURE, Reason.INVALID_STATUS);
    }

    @ParameterizedTest
    @DisplayName("H16: is none on a REST API by default, where a bad key is an error")
    @ValueSource(strings = {"a.b.c", "", "x"})
    void errors(String token) {
        TestAuthorizer authorizer = TestAuthorizer.with();
        assertThatThrownBy(() -> authorizer.token("Bearer " + token)).isExactlyInstanceOf(Unauthorized.class);
    }

    private static void isNotKept(Door door, TestAuthorizer authorizer, String token) {
        assertThatThrownBy(() -> door.answer(authorizer, token))
                .isExactlyInstanceOf(Unauthorized.class)
                .hasMessage("Unauthorized");
    }
}

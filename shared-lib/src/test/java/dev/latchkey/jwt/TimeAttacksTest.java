package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("F: Times")
class TimeAttacksTest {

    private static final long NOW = TestTokens.NOW.getEpochSecond();

    private final Door door = Door.hs256();

    @Test
    @DisplayName("F1: a token that expired an hour ago is refused, and the refusal names its key id")
    void expired() {
        door.accepts(withExp(NOW + 3600));
        assertThat(door.refuses(withExp(NOW - 3600), Reason.EXPIRED).verifiedKeyId())
                .isEqualTo(TestTokens.KEY_ID);
    }

    @Test
    @DisplayName("F1: a token that expires now has expired; one second later it would not, nor a nanosecond earlier")
    void expiresNow() {
        door.refuses(withExp(NOW), Reason.EXPIRED);
        door.accepts(withExp(NOW + 1));

        String token = withExp(NOW + 1);
        door.clock().turn(Duration.ofSeconds(1).minusNanos(1));
        door.accepts(token);
        door.clock().turn(Duration.ofNanos(1));
        door.refuses(token, Reason.EXPIRED);
    }

    @ParameterizedTest(name = "skew {0}")
    @DisplayName("F2: within the clock skew an expired token is good, at its end no longer")
    @ValueSource(longs = {0, 1, 30, 60})
    void clockSkew(long skew) {
        Door skewed = withSkew(skew);

        skewed.accepts(withExp(NOW - skew + 1));
        skewed.refuses(withExp(NOW - skew), Reason.EXPIRED);
    }

    @Test
    @DisplayName("F2: a clock skew of 0 and of 60 seconds may be configured, a negative one and 61 may not")
    void skewLimits() {
        withSkew(0).accepts(Door.goodHs256());
        withSkew(60).accepts(Door.goodHs256());
        for (long skew : List.of(-1L, 61L)) {
            assertThatThrownBy(() -> withSkew(skew))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the clock skew must be 0 to 60 seconds, got " + Duration.ofSeconds(skew));
        }
    }

    @Test
    @DisplayName("F3: a token without exp is refused")
    void withoutExpiry() {
        door.accepts(withExp(NOW + 60));
        door.refuses(TestTokens.good("HS256").withoutClaim("exp").hs256(TestKeys.SECRET), Reason.MISSING_EXPIRY);
    }

    @ParameterizedTest
    @DisplayName("F4, F5: an exp, nbf or iat that is no number is refused")
    @ValueSource(
            strings = {
                "\"4102444800\"",
                "\"never\"",
                "\"\"",
                "true",
                "[]",
                "{}",
                "[4102444800]",
                "null",
                "NaN",
                "Infinity"
            })
    void timeOfOtherType(String value) {
        door.accepts(withTime("exp", "4102444800"));
        for (String claim : List.of("exp", "nbf", "iat")) {
            door.refuses(withTime(claim, value), Reason.MALFORMED_CLAIMS);
        }
    }

    @ParameterizedTest(name = "exp {0}")
    @DisplayName("F6: a negative or zero exp has expired")
    @ValueSource(strings = {"-1", "0", "-0", "1e-64", "-1e64", "-99999999999999999999"})
    void negativeExpiry(String exp) {
        door.accepts(withTime("exp", "4102444800"));
        door.refuses(withTime("exp", exp), Reason.EXPIRED);
    }

    @ParameterizedTest(name = "exp {0}: {1}")
    @DisplayName("F7: a huge exp is refused where Java's time ends, and never overflows into another time")
    @CsvSource({
        "999999999999, true",
        "253402300799, true",
        "31556889864403200, false",
        "31556889864403199.5, false",
        "1e17, false",
        "1e400, false",
        "-1e65, false",
        "1e-65, false",
        "1e-2000000000, false",
        "1e2000000000, false",
        "99999999999999999999, false",
        "18446744075480000000, false"
    })
    void hugeExpiry(String exp, boolean good) {
        if (good) {
            assertThat(door.accepts(withTime("exp", exp)).expiresAt()).isAfter(Instant.parse("9999-12-31T23:59:58Z"));
        } else {
            door.refuses(withTime("exp", exp), Reason.MALFORMED_CLAIMS);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("F6: an iat or nbf before all time is its beginning, and never overflows into another time")
    @ValueSource(strings = {"-31557014167219201", "-9223372036854775808", "-99999999999999999999", "-1e64", "-1e18"})
    void beforeAllTime(String time) {
        for (int calls = 0; calls < 2; calls++) {
            assertThat(door.accepts(withTime("iat", time)).issuedAt()).isEqualTo(Instant.MIN);
            door.accepts(withTime("nbf", time));
        }
    }

    @Test
    @DisplayName("F8: an exp with a fraction counts to the fraction")
    void fraction() {
        VerifiedToken token = door.accepts(withTime("exp", (NOW + 3600) + ".5"));
        assertThat(token.expiresAt()).isEqualTo(TestTokens.NOW.plusSeconds(3600));

        door.accepts(withTime("exp", NOW + ".5"));
        door.clock().turn(Duration.ofMillis(499));
        door.accepts(withTime("exp", NOW + ".5"));
        door.clock().turn(Duration.ofMillis(1));
        door.refuses(withTime("exp", NOW + ".5"), Reason.EXPIRED);
    }

    @Test
    @DisplayName("F8: an exp in scientific notation is the number that it is")
    void scientific() {
        door.accepts(withTime("exp", "4.1024448e9"));
        door.refuses(withTime("exp", "1.7e9"), Reason.EXPIRED);
    }

    @ParameterizedTest
    @DisplayName("F9: an exp in milliseconds, whatever it counts finer than seconds, is refused for just that")
    @ValueSource(strings = {"1000000000000", "1e12", "1e16", "31556889864403199"})
    void milliseconds(String exp) {
        door.refuses(withTime("exp", exp), Reason.EXPIRY_NOT_IN_SECONDS);
        door.refuses(withExp((NOW + 3600) * 1000), Reason.EXPIRY_NOT_IN_SECONDS);
        door.refuses(withExp((NOW - 3600) * 1000), Reason.EXPIRY_NOT_IN_SECONDS);
    }

    @ParameterizedTest(name = "skew {0}")
    @DisplayName("F10: an nbf of now plus the skew is good, one second later it is not yet valid")
    @ValueSource(longs = {0, 60})
    void notBefore(long skew) {
        Door skewed = withSkew(skew);

        skewed.accepts(withTime("nbf", String.valueOf(NOW + skew)));
        skewed.refuses(withTime("nbf", String.valueOf(NOW + skew + 1)), Reason.NOT_YET_VALID);
        skewed.refuses(withTime("nbf", (NOW + skew) + ".001"), Reason.NOT_YET_VALID);
        skewed.refuses(withTime("nbf", String.valueOf(NOW + 3600)), Reason.NOT_YET_VALID);
    }

    @ParameterizedTest(name = "skew {0}")
    @DisplayName("F11: an iat of now plus the skew is good, one second later it was issued in the future")
    @ValueSource(longs = {0, 60})
    void issuedAt(long skew) {
        Door skewed = withSkew(skew);

        skewed.accepts(withTime("iat", String.valueOf(NOW + skew)));
        skewed.refuses(withTime("iat", String.valueOf(NOW + skew + 1)), Reason.ISSUED_IN_FUTURE);
        skewed.refuses(withTime("iat", String.valueOf(NOW + 3600)), Reason.ISSUED_IN_FUTURE);
        skewed.accepts(TestTokens.good("HS256").withoutClaim("iat").hs256(TestKeys.SECRET));
    }

    @Test
    @DisplayName("F12: a lifetime of a hundred years is taken, because no maximum lifetime is configured")
    void longLifetime() {
        door.accepts(withExp(NOW + 100L * 365 * 86400));
    }

    @Test
    @DisplayName("F1: of several problems the first in the documented order is told")
    void orderOfProblems() {
        TestTokens token = TestTokens.good("HS256")
                .claim("exp", NOW)
                .claim("nbf", NOW + 1)
                .claim("iat", NOW + 1)
                .claim("iss", "x")
                .claim("aud", "x");
        door.refuses(token.hs256(TestKeys.OTHER_SECRET), Reason.BAD_SIGNATURE);
        door.refuses(token.hs256(TestKeys.SECRET), Reason.EXPIRED);
        door.refuses(token.claim("exp", NOW + 1).hs256(TestKeys.SECRET), Reason.NOT_YET_VALID);
        door.refuses(token.claim("nbf", NOW).hs256(TestKeys.SECRET), Reason.ISSUED_IN_FUTURE);
        door.refuses(token.claim("iat", NOW).hs256(TestKeys.SECRET), Reason.WRONG_ISSUER);
        door.refuses(token.withoutClaim("iss").hs256(TestKeys.SECRET), Reason.WRONG_AUDIENCE);
        door.accepts(token.withoutClaim("aud").hs256(TestKeys.SECRET));
    }

    private static Door withSkew(long seconds) {
        return Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(
                        new Expected.Absent(), new Expected.Absent(), Duration.ofSeconds(seconds), ClaimNames.DEFAULT));
    }

    private static String withExp(long exp) {
        return TestTokens.good("HS256").claim("exp", exp).hs256(TestKeys.SECRET);
    }

    private static String withTime(String claim, String value) {
        String exp = claim.equals("exp") ? "" : "\"exp\":" + (NOW + 7200) + ",";
        return TestTokens.good("HS256")
                .payloadText("{\"org_id\":\"cus_1\"," + exp + "\"" + claim + "\":" + value + "}")
                .hs256(TestKeys.SECRET);
    }
}

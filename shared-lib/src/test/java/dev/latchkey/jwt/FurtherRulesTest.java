package dev.latchkey.jwt;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rules that an operator may add")
class FurtherRulesTest {

    private static final long NOW = TestTokens.NOW.getEpochSecond();

    @Test
    @DisplayName("F9, F12: a lifetime of the bound is good, a fraction of a second more is too long")
    void maxLifetime() {
        Door door = door(Duration.ofHours(2), TokenTypes.JWT);

        door.accepts(payload(NOW, NOW + 7200 + ""));
        door.refuses(payload(NOW, NOW + 7200 + ".001"), Reason.LIFETIME_TOO_LONG);
        door.refuses(payload(NOW - 1, NOW + 7200 + ""), Reason.LIFETIME_TOO_LONG);
    }

    @Test
    @DisplayName("F12: with a bound on the lifetime iat is needed, even where 1970 would be within it")
    void lifetimeWithoutStart() {
        String token = TestTokens.good("HS256").withoutClaim("iat").hs256(TestKeys.SECRET);

        door(null, TokenTypes.JWT).accepts(token);
        door(Duration.ofDays(365 * 100), TokenTypes.JWT).refuses(token, Reason.LIFETIME_TOO_LONG);
    }

    @Test
    @DisplayName("F17: all required claims must be there, not only one")
    void requiredClaims() {
        Door door = door(
                null,
                TokenTypes.JWT,
                new RequiredClaim(List.of(ClaimPath.parse("a")), List.of()),
                new RequiredClaim(List.of(ClaimPath.parse("b")), List.of("1")));
        TestTokens token = TestTokens.good("HS256").claim("a", "x");

        door.refuses(token.hs256(TestKeys.SECRET), Reason.WRONG_CLAIM);
        door.accepts(token.claim("b", "1").hs256(TestKeys.SECRET));
        door.refuses(token.withoutClaim("a").hs256(TestKeys.SECRET), Reason.WRONG_CLAIM);
    }

    @Test
    @DisplayName("F17: of a lifetime and a claim that are both wrong the lifetime is told")
    void order() {
        Door door = door(
                Duration.ofSeconds(1), TokenTypes.JWT, new RequiredClaim(List.of(ClaimPath.parse("a")), List.of()));

        door.refuses(Door.goodHs256(), Reason.LIFETIME_TOO_LONG);
    }

    @Test
    @DisplayName("D15: a type that is set is taken in any case, and no other, nor none")
    void types() {
        Door door = door(null, TokenTypes.of(List.of("AT+jwt")));

        door.accepts(typed("at+JWT"));
        door.refuses(typed("JWT"), Reason.WRONG_TYPE);
        door.refuses(TestTokens.good("HS256").withoutHeader("typ").hs256(TestKeys.SECRET), Reason.WRONG_TYPE);
    }

    @Test
    @DisplayName("D15: every type is taken where the check is waived, and none, too")
    void anyType() {
        Door door = door(null, TokenTypes.ANY);

        door.accepts(typed("dpop+jwt"));
        door.accepts(TestTokens.good("HS256").withoutHeader("typ").hs256(TestKeys.SECRET));
    }

    private static Door door(@Nullable Duration longest, TokenTypes types, RequiredClaim... claims) {
        return Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(
                        new Expected.Absent(),
                        new Expected.Absent(),
                        Duration.ZERO,
                        ClaimMapping.of(ClaimNames.DEFAULT),
                        types,
                        longest,
                        List.of(claims)));
    }

    private static String payload(long iat, String exp) {
        return TestTokens.good("HS256")
                .payloadText("{\"org_id\":\"cus_1\",\"iat\":" + iat + ",\"exp\":" + exp + "}")
                .hs256(TestKeys.SECRET);
    }

    private static String typed(String type) {
        return TestTokens.good("HS256").header("typ", type).hs256(TestKeys.SECRET);
    }
}

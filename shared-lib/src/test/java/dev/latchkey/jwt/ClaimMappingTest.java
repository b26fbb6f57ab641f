package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Claims of other issuers")
class ClaimMappingTest {

    private static final Expected OURS = new Expected.OneOf(List.of("orders"));

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName(
            "name the company: the first that is there, from a text, a number or an only element, else the fixed one")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "org_id":"o","azp":"c"            | o
            "azp":"c"                         | c
            "org_id":"","azp":"c"             | c
            "org_id":null,"azp":"c"           | c
            "org_id":["o"]                    | o
            "org_id":7                        | 7
            "a":{"t":"inner"}                 | inner
            "x":1                             | guests
            """)
    void company(String members, String company) {
        Door door = door(new IdClaim(paths("org_id", "azp", "/a/t"), "guests"), List.of(), new Expected.Absent());

        assertThat(door.accepts(token(members)).companyId()).contains(company);
    }

    @ParameterizedTest
    @DisplayName("S2: never name it past a claim of another kind, several elements or control characters")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[\"a\",\"b\"]",
                "[[\"a\"]]",
                "1.5",
                "1e400",
                "true",
                "\"a\\u0000\"",
                "\"a\\nb\"",
                "[\"a\\u200b\"]"
            })
    void oddCompany(String value) {
        Door door = door(new IdClaim(paths("org_id", "azp"), "guests"), List.of(), new Expected.Absent());

        door.accepts(token("\"org_id\":\"o\",\"azp\":\"c\""));
        Verification.Rejected refused =
                door.refuses(token("\"org_id\":" + value + ",\"azp\":\"c\""), Reason.MALFORMED_CLAIMS);
        assertThat(refused.mismatch()).extracting(Mismatch::claim).isEqualTo("org_id, azp, =guests");
    }

    @Test
    @DisplayName("may be fixed alone; one of the token's times or its id is nobody's name")
    void fixed() {
        Door door = door(new IdClaim(List.of(), "acme"), List.of(), new Expected.Absent());

        assertThat(door.accepts(token("\"org_id\":{}")).companyId()).contains("acme");
        assertThat(new IdClaim(List.of(), "acme")).hasToString("=acme");
        assertThatThrownBy(() -> new IdClaim(List.of(), null)).hasMessage("names no claim");
        for (String bad : List.of("", " ", "a\n", "n".repeat(257))) {
            assertThatThrownBy(() -> new IdClaim(List.of(), bad)).hasMessageStartingWith("a fixed id needs");
        }
        for (String name : List.of("exp", "nbf", "iat", "jti", "/jti")) {
            assertThatThrownBy(() -> new IdClaim(paths(name), null)).hasMessageContaining("has a meaning of its own");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("S3: open what each of them holds, where a text but in scope and scp is one role, with its spaces")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "scp":"read write"                              | read,write
            "roles":["Orders.Read"],"scp":"read"            | read,Orders.Read
            "roles":["Order Admins","x write"]              | Order Admins,x write
            "roles":"admin user"                            | admin user
            "roles":["admin user"],"scp":["read write","x"] | read,write,x,admin user
            "realm_access":{"roles":["admin"]}              | admin
            "realm_access.roles":["outer"],"realm_access":{"roles":["inner"]} | inner
            "scope":"write"                                 | ^^
            "roles":{"admin":true}                          | ^^
            """)
    void scopes(String members, String expected) {
        Door door = door(
                IdClaim.of("org_id"), paths("scp", "roles", "/realm_access/roles"), List.of(), new Expected.Absent());

        assertThat(String.join(",", door.accepts(token(members)).scopes())).isEqualTo(expected);
    }

    @Test
    @DisplayName("S3: split scope and scp alone, by name or by pointer, and no claim further inside")
    void split() {
        Door door =
                door(IdClaim.of("org_id"), paths("/scope", "permissions", "/a/scp"), List.of(), new Expected.Absent());

        assertThat(door.accepts(token("\"scope\":\"a b\",\"permissions\":\"c d\",\"a\":{\"scp\":\"e f\"}"))
                        .scopes())
                .containsExactly("a", "b", "c d", "e f");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("S4: hold the audience only where aud is absent, and the first that is there decides")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "client_id":"orders"                            |
            "azp":"orders"                                  |
            "client_id":["orders","x"]                      |
            "aud":"orders","client_id":"other"              |
            "aud":"other","client_id":"orders"              | aud
            "aud":[],"client_id":"orders"                   | aud
            "client_id":"other","azp":"orders"              | client_id
            "client_id":7,"azp":"orders"                    | client_id
            "x":1                                           | aud
            """)
    void audience(String members, @Nullable String claim) {
        Door door = door(IdClaim.of("org_id"), paths("client_id", "azp"), OURS);

        if (claim == null) {
            door.accepts(token(members));
        } else {
            assertThat(door.refuses(token(members), Reason.WRONG_AUDIENCE).mismatch())
                    .isEqualTo(new Mismatch(claim, "orders"));
        }
        door(IdClaim.of("org_id"), List.of(), OURS).refuses(token("\"client_id\":\"orders\""), Reason.WRONG_AUDIENCE);
        door(IdClaim.of("org_id"), paths("client_id"), OURS)
                .refuses(token("\"aud\":null,\"client_id\":\"orders\""), Reason.MALFORMED_CLAIMS);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @DisplayName("S5: bind an issuer per tenant to the claim that names the tenant")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "iss":"https://login.example/t-1/v2.0","tid":"t-1"              | true
            "iss":"https://login.example/t-1/v2.0","tid":"t-2"              | false
            "iss":"https://login.example/t-1/v2.0"                          | false
            "iss":"https://login.example/t-1/v2.0/","tid":"t-1"             | false
            "iss":"https://login.example/t-1","tid":"t-1"                   | false
            "iss":"https://login.example//v2.0","tid":""                    | false
            "iss":"https://login.example/v2.0","tid":""                     | false
            "iss":"https://login.example/../v2.0","tid":".."                | false
            "iss":"https://login.example/a/b/v2.0","tid":"a/b"              | false
            "iss":"https://login.example/{tid}/v2.0","tid":"{tid}"          | false
            "iss":"http://login.example/t-1/v2.0","tid":"t-1"               | false
            "iss":"https://evil.example/https://login.example/t-1/v2.0","tid":"t-1" | false
            "iss":"https://login.example/t-1/v2.0","tid":["t-1"]            | false
            "iss":"https://sts.example/","tid":"t-1"                        | true
            "iss":"https://STS.example/","tid":"t-1"                        | false
            """)
    void tenants(String members, boolean good) {
        Door door = Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(
                        Expected.issuers(List.of("https://sts.example/", "https://login.example/{tenantid}/v2.0")),
                        new Expected.Absent(),
                        Duration.ZERO,
                        ClaimNames.DEFAULT));

        if (good) {
            door.accepts(token(members));
        } else {
            assertThat(door.refuses(token(members), Reason.WRONG_ISSUER).mismatch())
                    .extracting(Mismatch::expected)
                    .isEqualTo("https://sts.example/ or https://login.example/{tenantid}/v2.0");
        }
    }

    @ParameterizedTest
    @DisplayName("S5: bind no issuer whose host is open, or that has several holes or none that closes")
    @ValueSource(
            strings = {
                "{tid}", "https://{tid}/v2.0", "https://{tid}.example/", "https://a.example{tid}",
                        "https://a.example/{a}/{b}",
                "https://a.example/{}", "https://a.example/{a", "https://a.example/a}", "urn:{a}",
                        "https://a.example/{/x//y}"
            })
    void badPatterns(String issuer) {
        assertThatThrownBy(() -> Expected.issuers(List.of(issuer))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0} takes {1}: {2}")
    @DisplayName("are of a media type, in any case, with application/ or without")
    @CsvSource(nullValues = "-", textBlock = """
            at+jwt,             at+jwt,             true
            at+jwt,             application/at+jwt, true
            application/at+jwt, AT+JWT,             true
            at+jwt,             JWT,                false
            at+jwt,             -,                  false
            at+jwt;none,        -,                  true
            none,               -,                  true
            none,               JWT,                false
            jwt,                application/jwt/x,  false
            jwt,                application/,       false
            application/a/b,    a/b,                false
            """)
    void types(String listed, @Nullable String type, boolean taken) {
        assertThat(TokenTypes.of(List.of(listed.split(";", -1))).accepts(type)).isEqualTo(taken);
    }

    private static List<ClaimPath> paths(String... paths) {
        return Stream.of(paths).map(ClaimPath::parse).toList();
    }

    private static Door door(IdClaim company, List<ClaimPath> audience, Expected expected) {
        return door(company, ClaimMapping.SCOPES, audience, expected);
    }

    private static Door door(IdClaim company, List<ClaimPath> scopes, List<ClaimPath> audience, Expected expected) {
        return Door.of(
                KeyRing.read(TestKeys.SECRET).keySet(List.of(), null),
                new VerificationRules(
                        new Expected.Absent(),
                        expected,
                        Duration.ZERO,
                        new ClaimMapping(IdClaim.of("sub"), company, scopes, audience),
                        TokenTypes.JWT,
                        null,
                        List.of()));
    }

    private static String token(String members) {
        return TestTokens.good("HS256")
                .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "," + members + "}")
                .hs256(TestKeys.SECRET);
    }
}

package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.Verifier;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Several issuers")
class IssuersTest {

    private static final KeyPair A_KEY = TestKeys.rsa("issuer-a");
    private static final KeyPair B_KEY = TestKeys.rsa("issuer-b");
    private static final String A = "https://a.example";
    private static final String B = "https://b.example/";
    private static final String TWO = "[" + entry(A, "[\"orders\"]", A_KEY) + "," + entry(B, "\"*\"", B_KEY) + "]";

    @Test
    @DisplayName("F: verify their own tokens, each by its key and for its audience")
    void ownTokens() {
        Verifier verifier = verifier(Map.of("JWT_ISSUERS", TWO));

        accepts(verifier, token(A, "orders", A_KEY));
        refuses(verifier, token(A, "billing", A_KEY), Reason.WRONG_AUDIENCE);
        refuses(verifier, token(A, null, A_KEY), Reason.WRONG_AUDIENCE);
        accepts(verifier, token(B, "anything", B_KEY));
        accepts(verifier, token(B, null, B_KEY));
    }

    @Test
    @DisplayName("B: never verify a token of another by their keys, under whichever iss it comes")
    void otherKeys() {
        Map<String, String> environment = Map.of("JWT_ISSUERS", TWO, "JWT_VERIFY_KEY", SECRET, "JWT_ISSUER", "*");
        Verifier verifier = verifier(environment);

        accepts(verifier, token(A, "orders", A_KEY));
        refuses(verifier, token(A, "orders", B_KEY), Reason.BAD_SIGNATURE);
        refuses(verifier, token(B, "orders", A_KEY), Reason.BAD_SIGNATURE);
        refuses(verifier, base(A), Reason.WRONG_ALGORITHM);
        refuses(verifier, base(B), Reason.WRONG_ALGORITHM);
        refuses(verifier, token("https://c.example", null, A_KEY), Reason.WRONG_ALGORITHM);
        accepts(verifier, base("https://c.example"));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("F: are found by the exact iss, and nothing like it")
    @CsvSource({
        "https://a.example/",
        "https://A.example",
        "https://b.example",
        "' https://a.example'",
        "''",
        "*",
        "https://a"
    })
    void exactIssuer(String issuer) {
        Verifier verifier = verifier(Map.of("JWT_ISSUERS", TWO));

        accepts(verifier, token(A, "orders", A_KEY));
        refuses(verifier, token(issuer, "orders", A_KEY), Reason.WRONG_ISSUER);
        refuses(verifier, token(issuer, "orders", B_KEY), Reason.WRONG_ISSUER);
    }

    @Test
    @DisplayName("F: refuse what has no readable iss where they stand alone")
    void noIssuer() {
        Verifier verifier = verifier(Map.of("JWT_ISSUERS", TWO));
        refuses(verifier, TestTokens.good("RS256").rs256(A_KEY.getPrivate()), Reason.WRONG_ISSUER);
        refuses(verifier, TestTokens.good("RS256").claim("iss", 1).rs256(A_KEY.getPrivate()), Reason.WRONG_ISSUER);
        refuses(verifier, TestTokens.good("RS256").payloadText("{").rs256(A_KEY.getPrivate()), Reason.WRONG_ISSUER);
        String twice = "{\"iss\":\"" + A + "\",\"iss\":\"" + B + "\",\"exp\":9999999999}";
        refuses(verifier, TestTokens.good("RS256").payloadText(twice).rs256(A_KEY.getPrivate()), Reason.WRONG_ISSUER);
        refuses(verifier, "x", Reason.MALFORMED_TOKEN);
    }

    @Test
    @DisplayName("F: leave tokens of others to the base settings beside them")
    void besideBase() {
        Verifier verifier = verifier(Map.of("JWT_ISSUERS", TWO, "JWT_VERIFY_KEY", SECRET));

        accepts(verifier, TestTokens.good("HS256").hs256(SECRET));
        accepts(verifier, token(A, "orders", A_KEY));
        refuses(verifier, base("https://c.example"), Reason.WRONG_ISSUER);
        refuses(verifier, TestTokens.good("HS256").hs256(OTHER_SECRET), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are a problem where an entry does not say exactly what is needed")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}                                                     | needs a JSON array of 1 to 50 issuers
            []                                                     | needs a JSON array of 1 to 50 issuers
            'x'                                                    | needs a JSON array of 1 to 50 issuers
            [                                                      | is not a JSON array: ends early
            [1]                                                    | entry 1 is not a JSON object
            [{'audience':'*','verify_key':'K'}]                    | entry 1 names no issuer
            [{'issuer':1,'audience':'*','verify_key':'K'}]         | entry 1 needs issuer to be a text
            [{'issuer':' ','audience':'*','verify_key':'K'}]       | entry 1 needs issuer to be a text
            [{'issuer':'*','audience':'*','verify_key':'K'}]       | entry 1 needs an issuer of at most 256 characters
            [{'issuer':'a','verify_key':'K'}]                      | entry 1 needs an audience
            [{'issuer':'a','audience':[],'verify_key':'K'}]        | entry 1 needs an audience
            [{'issuer':'a','audience':null,'verify_key':'K'}]      | entry 1 needs an audience
            [{'issuer':'a','audience':'','verify_key':'K'}]        | entry 1 needs an audience
            [{'issuer':'a','audience':['b','*'],'verify_key':'K'}] | entry 1 needs an audience
            [{'issuer':'a','audience':['b',1],'verify_key':'K'}]   | entry 1 needs an audience
            [{'issuer':'a','audience':'*'}]                        | entry 1 has neither jwks_uri nor verify_key, and its issuer
            [{'issuer':'a','audience':'*','jwks_uri':'http://b'}]  | entry 1 jwks_uri must be an https address
            [{'issuer':'a','audience':'*','jwks_uri':1}]           | entry 1 needs jwks_uri to be a text
            [{'issuer':'a','audience':'*','verify_key':'short'}]   | entry 1 verify_key HS256 needs at least 256 bits
            [{'issuer':'a','audience':'*','verify_key':{}}]        | entry 1 needs verify_key to be a text
            [{'issuer':'a','audience':'*','verify_key':'K','jwks_uri':'b'}] | entry 1 has both jwks_uri and verify_key
            [{'issuer':'a','audience':'*','verify_key':'K','algorithms':'HS256'}] | entry 1 needs algorithms to be an array
            [{'issuer':'a','audience':'*','verify_key':'K','algorithms':[]}]      | entry 1 needs algorithms to be an array
            [{'issuer':'a','audience':'*','verify_key':'K','algorithms':['none']}] | entry 1 needs algorithms to be an array
            [{'issuer':'a','audience':'*','verify_key':'K','algorithms':['RS256']}] | entry 1 verify_key RS256 needs an RSA key
            [{'issuer':'a','audience':'*','jwks_uri':'b.example','algorithms':['HS256']}] | entry 1 allows secrets only
            [{'issuer':'a','audience':'*','verify_key':'K','audiences':'b'}] | entry 1 has an unknown member "audiences"
            [{'issuer':'a','audience':'*','verify_key':'K','issuer':'b'}] | is not a JSON array: member name twice
            [{'issuer':'a','audience':'*','verify_key':'K'},{'issuer':'a','audience':'*','verify_key':'K'}] | entry 2 names an issuer that an earlier entry names
            """)
    void problems(String json, String problem) {
        assertProblems(Map.of("JWT_ISSUERS", json.replace('\'', '"').replace("\"K\"", "\"" + SECRET + "\"")), problem);
    }

    @Test
    @DisplayName("are told with all problems of all entries at once")
    void allProblems() {
        String json =
                "[{\"issuer\":\"a\",\"verify_key\":\"short\",\"x\":1},{\"audience\":\"*\",\"jwks_uri\":\"http://b\"}]";
        assertProblems(
                Map.of("JWT_ISSUERS", json, "JWT_CLOCK_SKEW", "x"),
                "JWT_CLOCK_SKEW: ",
                "JWT_ISSUERS: entry 1 has an unknown member \"x\"",
                "JWT_ISSUERS: entry 1 needs an audience",
                "JWT_ISSUERS: entry 1 verify_key HS256 needs",
                "JWT_ISSUERS: entry 2 names no issuer",
                "JWT_ISSUERS: entry 2 jwks_uri must be an https address");
    }

    @Test
    @DisplayName("I7: are a problem with a private key, and with base settings that would mean nothing or the same")
    void besideOthers() {
        String key = TestKeys.pem(A_KEY.getPrivate()).replace("\n", "\\n");
        assertProblems(
                Map.of("JWT_ISSUERS", "[{\"issuer\":\"a\",\"audience\":\"*\",\"verify_key\":\"" + key + "\"}]"),
                "holds a private key");
        for (String name : new String[] {"JWT_ISSUER", "JWT_AUDIENCE", "JWT_KID"}) {
            assertProblems(
                    Map.of("JWT_ISSUERS", TWO, name, "a"), name + ": means nothing where JWT_ISSUERS stands alone");
        }
        assertProblems(Map.of("JWT_ISSUERS", TWO, "JWT_ALGORITHMS", "RS256"), "JWT_ALGORITHMS: means nothing");
        Map<String, String> same = new HashMap<>(Map.of("JWT_ISSUERS", TWO, "JWT_VERIFY_KEY", SECRET));
        same.put("JWT_ISSUER", "b," + A);
        assertProblems(same, "names an issuer that JWT_ISSUER names, too");
        same.put("JWT_ISSUER", "https://login.example/{tid}/v2.0," + A);
        assertProblems(same, "names an issuer that JWT_ISSUER names, too");
    }

    @Test
    @DisplayName("N: keep their own status lists where one of the base settings' issuers is a pattern")
    void listsBesidePattern() {
        Map<String, String> settings =
                Map.of("JWT_VERIFY_KEY", SECRET, "JWT_ISSUER", A + ",https://login.example/{tid}/v2.0");

        assertThat(VerificationSettings.read(new SettingsReader(settings), SettingsTable.secrets())
                        .statuses()
                        .bases())
                .singleElement()
                .satisfies(base -> assertThat(base.address()).isEqualTo(A));
    }

    private static String entry(String issuer, String audience, KeyPair key) {
        return "{\"issuer\":\"" + issuer + "\",\"audience\":" + audience
                + ",\"algorithms\":[\"RS256\"],\"verify_key\":\""
                + TestKeys.pem(key.getPublic()).replace("\n", "\\n") + "\"}";
    }

    private static String token(String issuer, @Nullable String audience, KeyPair key) {
        TestTokens token = TestTokens.good("RS256").claim("iss", issuer);
        return (audience == null ? token : token.claim("aud", audience)).rs256(key.getPrivate());
    }

    private static String base(String issuer) {
        return TestTokens.good("HS256").claim("iss", issuer).hs256(SECRET);
    }

    private static Verifier verifier(Map<String, String> settings) {
        return VerificationSettings.read(new SettingsReader(settings), SettingsTable.secrets())
                .verifier(new TurnableClock(TestTokens.NOW));
    }

    private static void accepts(Verifier verifier, String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Verification.Verified.class);
    }

    private static void refuses(Verifier verifier, String token, Reason reason) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Verification.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static void assertProblems(Map<String, String> settings, String... parts) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> VerificationSettings.read(new SettingsReader(settings), SettingsTable.secrets()))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts))
                .satisfies(e -> assertThat(e.problems()).hasSize(parts.length))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}

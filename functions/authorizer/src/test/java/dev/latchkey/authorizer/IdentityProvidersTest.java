package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A column of the table in docs/issuers.md is a test here, and a row is a {@link Provider}. */
@DisplayName("An identity provider's tokens")
class IdentityProvidersTest {

    private static final KeyPair KEY = TestKeys.rsa("provider");
    private static final KeyPair NEXT = TestKeys.rsa("provider-next");
    private static final String ENTRA = "https://login.microsoftonline.com/";
    private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    private HostileKeyServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HostileKeyServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "verify: with the lines that the page names they are good, and with any other key, issuer or time they are not")
    void verify(Provider provider) {
        TestAuthorizer authorizer = authorizer(provider, Map.of());

        assertThat(TestAuthorizer.effect(authorizer.token(provider.token("k1", KEY))))
                .isEqualTo("Allow");
        refused(authorizer, provider.token("k1", NEXT), "bad_signature");
        refused(authorizer, provider.token("k2", KEY), "unknown_key");
        refused(authorizer, provider.spoilt("k1", KEY, "\"iss\":\"https://issuer.example/\""), "wrong_issuer");
        refused(authorizer, provider.spoilt("k1", KEY, "\"iss\":null"), "wrong_issuer");
        refused(authorizer, provider.spoilt("k1", KEY, "\"exp\":1772366000"), "expired");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("company: name it by the claim that the page tells")
    void company(Provider provider) {
        JsonObject answer = authorizer(provider, Map.of()).token(provider.token("k1", KEY));

        assertThat(answer.string("principalId")).contains(provider.company);
        assertThat(answer.object("context").string("company_id")).contains(provider.company);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("user: name it by the claim that the page tells")
    void user(Provider provider) {
        JsonObject answer = authorizer(provider, Map.of()).token(provider.token("k1", KEY));

        assertThat(answer.object("context").string("user_id")).contains(provider.user);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("scopes to routes: open the routes of their scopes, roles, groups or domain, and no others")
    void scopes(Provider provider) {
        String opened = provider == Provider.GOOGLE ? "example.com" : "read";
        TestAuthorizer open = authorizer(provider, Map.of("SCOPE_ROUTES", opened + " = GET /orders"));
        TestAuthorizer closed = authorizer(provider, Map.of("SCOPE_ROUTES", "write = GET /orders"));

        assertThat(TestAuthorizer.resource(open.token(provider.token("k1", KEY))))
                .endsWith("/prod/GET/orders");
        assertThat(TestAuthorizer.effect(closed.token(provider.token("k1", KEY))))
                .isEqualTo("Deny");
        assertThat(closed.reason()).isEqualTo("missing_scope");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("audience: for another API of the same provider they are refused, and so they are without any")
    void audience(Provider provider) {
        TestAuthorizer authorizer = authorizer(provider, Map.of());

        refused(authorizer, provider.spoilt("k1", KEY, provider.otherAudience), "wrong_audience");
        refused(
                authorizer,
                provider.spoilt("k1", KEY, "\"aud\":null,\"client_id\":null,\"azp\":null"),
                "wrong_audience");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("key roll: are good by a new key at once, and by one that was taken out no longer")
    void roll(Provider provider) {
        TestAuthorizer authorizer = authorizer(provider, Map.of());
        authorizer.token(provider.token("k1", KEY));
        server.answers(HostileKeyServer.keys(provider.jwk("k2", NEXT)));

        assertThat(TestAuthorizer.effect(authorizer.token(provider.token("k2", NEXT))))
                .isEqualTo("Allow");
        authorizer.clock.turn(Duration.ofSeconds(31));
        refused(authorizer, provider.token("k1", KEY), "unknown_key");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("may be of one of several issuers, by the same preset")
    void severalIssuers(Provider provider) {
        Map<String, String> settings = provider.settings(server.uri());
        StringBuilder entry =
                new StringBuilder("[{\"preset\":\"" + provider.preset() + "\",\"jwks_uri\":\"" + server.uri() + "\"");
        member(entry, settings, "ISSUER_DOMAIN", "domain");
        member(entry, settings, "ISSUER_TENANT", "tenant");
        member(entry, settings, "JWT_AUDIENCE", "audience");
        server.answers(HostileKeyServer.keys(provider.jwk("k1", KEY)));
        TestAuthorizer authorizer =
                TestAuthorizer.with("JWT_ISSUERS", entry.append("}]").toString());

        JsonObject answer = authorizer.token(provider.token("k1", KEY));
        assertThat(answer.string("principalId")).contains(provider.company);
        refused(authorizer, provider.spoilt("k1", KEY, provider.otherAudience), "wrong_audience");
    }

    @Test
    @DisplayName("of Cognito: access and id tokens of one pool, and no third kind")
    void cognito() {
        TestAuthorizer authorizer = authorizer(Provider.COGNITO, Map.of());
        String id = "\"client_id\":null,\"aud\":\"1h57kf5cpq17m0eml12EXAMPLE\",\"token_use\":\"id\",\"scope\":null";

        assertThat(authorizer.token(Provider.COGNITO.spoilt("k1", KEY, id)).string("principalId"))
                .contains("1h57kf5cpq17m0eml12EXAMPLE");
        refused(authorizer, Provider.COGNITO.spoilt("k1", KEY, "\"token_use\":\"refresh\""), "wrong_claim");
        refused(authorizer, Provider.COGNITO.spoilt("k1", KEY, "\"aud\":\"other\""), "wrong_audience");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @DisplayName("S5: of Entra, versions 1 and 2 at once: of one tenant, or of every tenant, each bound to its tid")
    @CsvSource({
        "TENANT, " + ENTRA + "TENANT/v2.0, TENANT, good",
        "TENANT, https://sts.windows.net/TENANT/, TENANT, good",
        "TENANT, " + ENTRA + "OTHER/v2.0, OTHER, wrong_issuer",
        "TENANT, https://sts.windows.net/OTHER/, OTHER, wrong_issuer",
        "organizations, " + ENTRA + "TENANT/v2.0, TENANT, good",
        "organizations, https://sts.windows.net/OTHER/, OTHER, good",
        "organizations, " + ENTRA + "TENANT/v2.0, OTHER, wrong_issuer",
        "organizations, " + ENTRA + "{tid}/v2.0, {tid}, wrong_issuer",
        "organizations, https://login.example/TENANT/v2.0, TENANT, wrong_issuer"
    })
    void entra(String tenant, String issuer, String tid, String reason) {
        TestAuthorizer authorizer = authorizer(Provider.ENTRA, Map.of("ISSUER_TENANT", filled(tenant)));
        String token =
                Provider.ENTRA.spoilt("k1", KEY, "\"iss\":\"" + filled(issuer) + "\",\"tid\":\"" + filled(tid) + "\"");

        if (reason.equals("good")) {
            assertThat(authorizer.token(token).string("principalId")).contains(filled(tid));
        } else {
            refused(authorizer, token, reason);
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @DisplayName("S8: of Entra, are signed by a key of their own tenant, where the set says whose it is")
    @CsvSource({
        ENTRA + "{tenantid}/v2.0, " + ENTRA + "TENANT/v2.0, TENANT, good",
        ENTRA + "{tenantid}/v2.0, https://sts.windows.net/TENANT/, TENANT, good",
        ENTRA + "TENANT/v2.0, " + ENTRA + "TENANT/v2.0, TENANT, good",
        ENTRA + "TENANT/v2.0, https://sts.windows.net/TENANT/, TENANT, good",
        ENTRA + "OTHER/v2.0, " + ENTRA + "TENANT/v2.0, TENANT, wrong_issuer",
        ENTRA + "OTHER/v2.0, https://sts.windows.net/TENANT/, TENANT, wrong_issuer",
        ENTRA + "OTHER/v2.0, " + ENTRA + "TENANT/v2.0, login.microsoftonline.com, wrong_issuer",
        "https://login.example/v2.0, " + ENTRA + "TENANT/v2.0, TENANT, wrong_issuer",
        "'', " + ENTRA + "TENANT/v2.0, TENANT, good"
    })
    void keysOfTenants(String ofKey, String issuer, String tid, String reason) {
        String jwk = Provider.ENTRA.jwk("k1", KEY);
        server.answers(HostileKeyServer.keys(
                jwk.replaceFirst("\"issuer\":\"[^\"]*\"", "\"issuer\":\"" + filled(ofKey) + "\"")));
        Map<String, String> settings = Provider.ENTRA.settings(server.uri());
        settings.put("ISSUER_TENANT", "organizations");
        TestAuthorizer authorizer = TestAuthorizer.of(settings);
        String token =
                Provider.ENTRA.spoilt("k1", KEY, "\"iss\":\"" + filled(issuer) + "\",\"tid\":\"" + filled(tid) + "\"");

        if (reason.equals("good")) {
            assertThat(authorizer.token(token).string("principalId")).contains(filled(tid));
        } else {
            refused(authorizer, token, reason);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("of machines, without a user or an organization, name a company, too")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            COGNITO  | "cognito:groups":null,"username":null,"sub":"1h57kf5cpq17m0eml12EXAMPLE","scope":"orders/read" | 1h57kf5cpq17m0eml12EXAMPLE
            ENTRA    | "scp":null,"roles":["Orders.Read"],"idtyp":"app"  | 72f988bf-86f1-41af-91ab-2d7cd011db47
            AUTH0    | "org_id":null,"sub":"m2m@clients","azp":"m2m"     | m2m
            OKTA     | "uid":null,"sub":"nmdP1fcyvdVO11AL7ECm"           | nmdP1fcyvdVO11AL7ECm
            KEYCLOAK | "azp":"robot","preferred_username":"service-account-robot" | robot
            FIREBASE | "firebase":{"sign_in_provider":"custom"}          | my-project
            """)
    void machines(Provider provider, String members, String company) {
        assertThat(authorizer(provider, Map.of())
                        .token(provider.spoilt("k1", KEY, members))
                        .string("principalId"))
                .contains(company);
    }

    @Test
    @DisplayName(
            "S9: of Google without a domain, as every service account has them made for any client, name no company")
    void google() {
        String robot = Provider.GOOGLE.spoilt(
                "k1", KEY, "\"hd\":null,\"azp\":\"robot\",\"email\":\"robot@p.iam.gserviceaccount.com\"");
        String consumer = Provider.GOOGLE.spoilt("k1", KEY, "\"hd\":null,\"email\":\"jane@gmail.com\"");
        TestAuthorizer closed = authorizer(Provider.GOOGLE, Map.of());
        TestAuthorizer open = authorizer(
                Provider.GOOGLE,
                Map.of(
                        "PLUGIN_JWT_COMPANY_ID_FIELD", "hd, sub",
                        "JWT_REQUIRED_CLAIMS", "azp=1234987819200.apps.googleusercontent.com",
                        "SCOPE_CLAIM", "email",
                        "SCOPE_ROUTES", "jane@gmail.com = GET /orders"));

        for (String token : List.of(robot, consumer)) {
            assertThat(TestAuthorizer.effect(closed.token(token))).isEqualTo("Deny");
            assertThat(closed.reason()).isEqualTo("missing_company");
        }
        refused(open, robot, "wrong_claim");
        assertThat(open.token(consumer).string("principalId")).contains("10769150350006150715113082367");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("S7: of Entra without a permission are refused, as every application of the tenant can get them")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "scp":null              | refused
            "scp":null,"roles":[]   | refused
            "scp":null,"roles":null | refused
            "scp":null,"roles":["a"]| good
            "scp":"a"               | good
            """)
    void withoutPermission(String members, String expected) {
        TestAuthorizer strict = authorizer(Provider.ENTRA, Map.of());
        TestAuthorizer waived = authorizer(Provider.ENTRA, Map.of("JWT_REQUIRED_CLAIMS", "*"));
        String token = Provider.ENTRA.spoilt("k1", KEY, members);

        assertThat(TestAuthorizer.effect(waived.token(token))).isEqualTo("Allow");
        if (expected.equals("good")) {
            assertThat(TestAuthorizer.effect(strict.token(token))).isEqualTo("Allow");
        } else {
            refused(strict, token, "wrong_claim");
            assertThat(strict.log.lines()).last().asString().contains("\"claim\":\"scp or roles\"");
        }
    }

    @Test
    @DisplayName("of Entra, version 1, are for the API's id URI where that is an audience, too")
    void entraVersion1() {
        String token = Provider.ENTRA.spoilt(
                "k1",
                KEY,
                "\"iss\":\"https://sts.windows.net/" + TENANT + "/\",\"aud\":\"api://6e74172b\",\"ver\":\"1.0\","
                        + "\"azp\":null,\"appid\":\"6e74172b-0000-4843-9ff4-e66a39bb12e3\"");

        refused(authorizer(Provider.ENTRA, Map.of()), token, "wrong_audience");
        assertThat(authorizer(
                                Provider.ENTRA,
                                Map.of("JWT_AUDIENCE", "6e74172b-be56-4843-9ff4-e66a39bb12e3, api://6e74172b"))
                        .token(token)
                        .string("principalId"))
                .contains(TENANT);
    }

    @Test
    @DisplayName("of Auth0 in RFC 9068's profile are of another type, and name their client in client_id")
    void auth0Profile() {
        String token = Provider.AUTH0.typed("at+jwt", "k1", KEY, "\"org_id\":null,\"azp\":null,\"client_id\":\"m2m\"");

        assertThat(authorizer(Provider.AUTH0, Map.of()).token(token).string("principalId"))
                .contains("m2m");
        refused(authorizer(Provider.AUTH0, Map.of("JWT_TYPE", "JWT")), token, "wrong_type");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("of another kind are refused where their claims tell")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            KEYCLOAK | "typ":"ID"      | wrong_claim
            KEYCLOAK | "typ":"Refresh" | wrong_claim
            KEYCLOAK | "typ":"Offline" | wrong_claim
            COGNITO  | "token_use":null | wrong_claim
            """)
    void otherKinds(Provider provider, String members, String reason) {
        refused(authorizer(provider, Map.of()), provider.spoilt("k1", KEY, members), reason);
    }

    @Test
    @DisplayName("are read as the operator says where he says something, and the log tells what the preset set")
    void overridden() {
        TestAuthorizer authorizer = authorizer(
                Provider.COGNITO,
                Map.of("PLUGIN_JWT_COMPANY_ID_FIELD", "custom:org", "JWT_REQUIRED_CLAIMS", "token_use=access"));

        assertThat(authorizer.log.lines().get(0))
                .contains("\"message\":\"issuer preset\",\"preset\":\"cognito\"")
                .contains("\"issuer\":\"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI\"")
                .contains("\"audience_claim\":\"client_id\"")
                .doesNotContain("company_claim", "required_claims", "jwks_uri");
        assertThat(authorizer
                        .token(Provider.COGNITO.spoilt("k1", KEY, "\"custom:org\":\"acme\""))
                        .string("principalId"))
                .contains("acme");
    }

    @Test
    @DisplayName("are in the page's table, which has a row for each provider and a column for each test")
    void table() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../../docs/issuers.md")).stream()
                .filter(line -> line.startsWith("| "))
                .toList();
        List<String> tests = Stream.of(IdentityProvidersTest.class.getDeclaredMethods())
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(DisplayName.class)))
                .map(DisplayName::value)
                .toList();

        assertThat(cells(rows.get(0))).hasSize(7).first().isEqualTo("provider");
        assertThat(cells(rows.get(0)).subList(1, 7))
                .allSatisfy(column -> assertThat(tests).anyMatch(name -> name.startsWith(column + ": ")));
        assertThat(rows.subList(1, rows.size()))
                .extracting(row -> cells(row).get(0).toUpperCase(Locale.ROOT))
                .containsExactlyElementsOf(
                        Stream.of(Provider.values()).map(Provider::name).toList());
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private TestAuthorizer authorizer(Provider provider, Map<String, String> more) {
        server.answers(HostileKeyServer.keys(provider.jwk("k1", KEY)));
        Map<String, String> settings = provider.settings(server.uri());
        settings.putAll(more);
        return TestAuthorizer.of(settings);
    }

    private static void refused(TestAuthorizer authorizer, String token, String reason) {
        assertThatExceptionOfType(Unauthorized.class).isThrownBy(() -> authorizer.token(token));
        assertThat(authorizer.reason()).isEqualTo(reason);
    }

    private static void member(StringBuilder entry, Map<String, String> settings, String setting, String member) {
        if (settings.containsKey(setting)) {
            entry.append(",\"" + member + "\":\"" + settings.get(setting) + "\"");
        }
    }

    private static String filled(String text) {
        return text.replace("TENANT", TENANT).replace("OTHER", "11111111-86f1-41af-91ab-2d7cd011db47");
    }
}

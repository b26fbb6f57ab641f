package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SettingsException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A claim of whatever name")
class ClaimNotationTest {

    private static final String GOLD = "abcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @DisplayName("names the company and the user")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            https://example.com/org  | "https://example.com/org":"c1"          | c1
            custom:org               | "custom:org":"c1"                       | c1
            /firebase/tenant         | "firebase":{"tenant":"c1"}              | c1
            org_id, /org/id, =nobody | "org":{"id":"c1"}                       | c1
            org_id, /org/id, =nobody | "x":1                                   | nobody
            =acme                    | "org_id":"c1"                           | acme
            "a,b"                    | "a,b":"c1"                              | c1
            iss                      | "iss":"https://tenant.example"          | https://tenant.example
            """)
    void ids(String setting, String members, String id) {
        JsonObject answer = TestAuthorizer.with(
                        "PLUGIN_JWT_COMPANY_ID_FIELD", setting, "JWT_USER_ID_FIELD", setting, "JWT_ISSUER", "*")
                .token(token(members));

        assertThat(answer.string("principalId")).contains(id);
        assertThat(answer.object("context").string("user_id")).contains(id);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @DisplayName("is required, with values that may hold commas and bars")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            https://example.com/roles=admin            ; "https://example.com/roles":["user","admin"]
            cognito:groups=admin|owner                 ; "cognito:groups":["owner"]
            realm_access.roles=admin                   ; "realm_access":{"roles":["admin"]}
            /resource_access/my.api/roles=admin        ; "resource_access":{"my.api":{"roles":["admin"]}}
            name="Doe, Jane"|"A|B"                     ; "name":"Doe, Jane"
            name="Doe, Jane"|"A|B", /orgs/0/id="a=b"   ; "name":"A|B","orgs":[{"id":"a=b"}]
            "a=b"=c                                    ; "a=b":"c"
            """)
    void required(String setting, String members) {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_REQUIRED_CLAIMS", setting);

        assertThat(TestAuthorizer.effect(authorizer.token(token("\"org_id\":\"c1\"," + members))))
                .isEqualTo("Allow");
        assertThat(refusal(authorizer, "\"org_id\":\"c1\"").string("reason")).contains("wrong_claim");
    }

    @ParameterizedTest(name = "{0}: {2}={3}")
    @DisplayName("is told in the context, by its own name in underscores or by another")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            custom:plan                     ; "custom:plan":"gold"                 ; custom_plan  ; gold
            realm.name                      ; "realm":{"name":"r"}                 ; realm_name   ; r
            realm.name                      ; "realm.name":"r"                     ; realm_name   ; r
            roles=https://example.com/roles ; "https://example.com/roles":["a","b"] ; roles       ; a b
            /orgs/0/name                    ; "orgs":[{"name":"o"}]                ; orgs_0_name  ; o
            x="a=b,c"                       ; "a=b,c":1                            ; x            ; 1
            """)
    void context(String setting, String members, String name, String value) {
        JsonObject answer = TestAuthorizer.with("CONTEXT_CLAIMS", setting).token(token("\"org_id\":\"c1\"," + members));

        assertThat(answer.object("context").string(name)).contains(value);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("leads to a usage plan's API key")
    @CsvSource(delimiter = ';', quoteCharacter = '^', nullValues = "-", textBlock = """
            plan: gold=KEY                        ; "plan":"gold"             ; KEY
            plan:gold=KEY                         ; "plan":"gold"             ; KEY
            custom:plan: gold=KEY                 ; "custom:plan":"gold"      ; KEY
            "custom:plan":gold=KEY                ; "custom:plan":"gold"      ; KEY
            https://example.com/plan: "a,b"=KEY   ; "https://example.com/plan":"a,b" ; KEY
            /app/plan: gold=KEY, silver=KEY       ; "app":{"plan":"silver"}   ; KEY
            custom:key                            ; "custom:key":"KEY"        ; KEY
            plan: gold=KEY                        ; "plan":"silver"           ; -
            """)
    void usageKey(String setting, String members, @Nullable String expected) {
        TestAuthorizer authorizer = TestAuthorizer.with("USAGE_KEY", setting.replace("KEY", GOLD));
        JsonObject answer = authorizer.token(token("\"org_id\":\"c1\"," + members.replace("KEY", GOLD)));

        assertThat(answer.string("usageIdentifierKey").isPresent()).isEqualTo(expected != null);
        assertThat(authorizer.logged().string("usageKey").orElse("found"))
                .isEqualTo(expected == null ? "none" : "found");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("opens routes by roles, groups and permissions")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            permissions              ; "permissions":["read"]             ; true
            roles                    ; "roles":["read"]                   ; true
            realm_access.roles       ; "realm_access":{"roles":["read"]}  ; true
            cognito:groups           ; "cognito:groups":["read"]          ; true
            scp, roles               ; "scp":"read"                       ; true
            scp, roles               ; "roles":["read"]                   ; true
            scp, roles               ; "scope":"read"                     ; false
            roles                    ; "roles":["x read"]                 ; false
            roles                    ; "roles":"x read"                   ; false
            roles                    ; "roles":"read"                     ; true
            """)
    void routes(String setting, String members, boolean opens) {
        TestAuthorizer authorizer = TestAuthorizer.with(
                "SCOPE_CLAIM", setting, "SCOPE_ROUTES", "read = GET /orders; \"Order Admins\" = * /orders");
        JsonObject answer = authorizer.token(token("\"org_id\":\"c1\"," + members));

        assertThat(TestAuthorizer.effect(answer)).isEqualTo(opens ? "Allow" : "Deny");
        if (!opens) {
            assertThat(authorizer.logged().string("claim")).contains(setting);
            assertThat(authorizer.logged().string("expected")).contains("a scope of SCOPE_ROUTES");
        }
    }

    @Test
    @DisplayName("opens routes to a group whose name has spaces, and only to that one")
    void spaces() {
        TestAuthorizer authorizer = TestAuthorizer.with(
                "SCOPE_CLAIM",
                "groups",
                "SCOPE_ROUTES",
                "\"Order Admins\" = * /orders",
                "JWT_REQUIRED_SCOPES",
                "\"Order Admins\"");

        assertThat(TestAuthorizer.resource(authorizer.token(token("\"org_id\":\"c1\",\"groups\":[\"Order Admins\"]"))))
                .endsWith("/prod/*/orders");
        assertThat(TestAuthorizer.effect(
                        authorizer.token(token("\"org_id\":\"c1\",\"groups\":[\"Order\",\"Admins\"]"))))
                .isEqualTo("Deny");
        assertThat(authorizer.logged().string("expected")).contains("Order Admins");
    }

    @ParameterizedTest
    @DisplayName("that can never be there stops the start, in every setting")
    @ValueSource(
            strings = {
                "JWT_USER_ID_FIELD",
                "JWT_COMPANY_ID_FIELD",
                "JWT_REQUIRED_CLAIMS",
                "CONTEXT_CLAIMS",
                "USAGE_KEY",
                "SCOPE_CLAIM",
                "JWT_AUDIENCE_CLAIM"
            })
    void never(String setting) {
        for (String bad : new String[] {"/a//b", "$.a.b", "a..b", "/a~b"}) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> TestAuthorizer.with(setting, bad, "JWT_AUDIENCE", "orders"))
                    .withMessageContaining("can never match");
        }
    }

    @ParameterizedTest
    @DisplayName("is never taken for a usage key where plans are not written as plans")
    @ValueSource(
            strings = {
                "plan, gold=abcdefghijklmnopqrstuvwxyz",
                "plan, gold",
                "custom:plan:gold=abcdefghijklmnopqrstuvwxyz",
                "plan: gold=short",
                "plan: =abcdefghijklmnopqrstuvwxyz",
                "plan: gold",
                ": gold=abcdefghijklmnopqrstuvwxyz"
            })
    void badUsageKey(String setting) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TestAuthorizer.with("USAGE_KEY", setting))
                .withMessageContaining("USAGE_KEY: needs a claim, or a claim and the usage plans' API keys")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain(GOLD));
    }

    private static JsonObject refusal(TestAuthorizer authorizer, String members) {
        assertThatExceptionOfType(Unauthorized.class).isThrownBy(() -> authorizer.token(token(members)));
        return authorizer.logged();
    }

    private static String token(String members) {
        return TestTokens.good("HS256")
                .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "," + members + "}")
                .hs256(TestKeys.SECRET);
    }
}

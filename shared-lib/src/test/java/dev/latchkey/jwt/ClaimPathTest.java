package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A claim's path")
class ClaimPathTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @DisplayName("finds a claim of any name, nested ones, members of names with dots, and elements of arrays")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            cognito:groups             | {"cognito:groups":["a"]}               | ["a"]
            custom:plan                | {"custom:plan":"gold"}                 | "gold"
            https://example.com/roles  | {"https://example.com/roles":["a"]}    | ["a"]
            realm_access.roles         | {"realm_access":{"roles":["a"]}}       | ["a"]
            /realm_access/roles        | {"realm_access":{"roles":["a"]}}       | ["a"]
            /resource_access/my.api/roles | {"resource_access":{"my.api":{"roles":[]}}} | []
            /https:~1~1example.com~1app/plan | {"https://example.com/app":{"plan":"p"}} | "p"
            /a~0b                      | {"a~b":1}                              | 1
            /~01                       | {"~1":1}                               | 1
            /orgs/0/id                 | {"orgs":[{"id":"o1"},{"id":"o2"}]}     | "o1"
            orgs.1.id                  | {"orgs":[{"id":"o1"},{"id":"o2"}]}     | "o2"
            /groups/2                  | {"groups":["a","b"]}                   | null
            /groups/00                 | {"groups":["a","b"]}                   | null
            /groups/99999999999        | {"groups":["a","b"]}                   | null
            /o/00                      | {"o":{"00":true}}                      | true
            /sub                       | {"sub":"s"}                            | "s"
            /sub/x                     | {"sub":"s"}                            | null
            /aud/0                     | {"aud":["a"]}                          | "a"
            a.b                        | {"a":{"b":null}}                       | null
            a b                        | {"a b":1}                              | 1
            """)
    void finds(String path, String claims, String value) {
        assertThat(ClaimPath.parse(path).in(json(claims))).hasToString(value);
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @DisplayName("S1: takes the claim of that very name before one inside another, and a pointer never takes it")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            realm.role  | {"realm":{"role":"inner"},"realm.role":"outer"} | "outer"
            realm.role  | {"realm.role":null,"realm":{"role":"inner"}}    | null
            realm.role  | {"realm":{"role":"inner"}}                      | "inner"
            /realm/role | {"realm":{"role":"inner"},"realm.role":"outer"} | "inner"
            /realm/role | {"realm.role":"outer","/realm/role":"other"}    | null
            /realm.role | {"realm":{"role":"inner"}}                      | null
            /realm.role | {"realm.role":"outer"}                          | "outer"
            a.b.c       | {"a.b":{"c":1},"a":{"b.c":2}}                   | null
            """)
    void literalFirst(String path, String claims, String value) {
        assertThat(ClaimPath.parse(path).in(json(claims))).hasToString(value);
    }

    @ParameterizedTest
    @DisplayName("is refused where no token can have such a claim")
    @ValueSource(
            strings = {
                "/",
                "//a",
                "/a/",
                "/a//b",
                "/https://example.com/roles",
                "/a~2",
                "/a~",
                "/groups/-",
                "/exp/s",
                "/iss/0",
                "/aud/x",
                "/aud/0/x",
                "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a",
                "a..b",
                ".a",
                "a.",
                "$.realm_access.roles",
                "$['a']",
                "groups[0]",
                "groups[*]",
                "#/a/b",
                "@.a"
            })
    void never(String path) {
        assertThatThrownBy(() -> ClaimPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + path + "\" can never match: it ")
                .hasMessageEndingWith("(RFC 6901)");
    }

    @ParameterizedTest
    @DisplayName("needs a name of at most 256 characters, none of them for control")
    @ValueSource(strings = {"", " ", "a\u0000", "a\nb"})
    void name(String path) {
        assertThatThrownBy(() -> ClaimPath.parse(path)).hasMessageContaining("1 to 256 characters");
        assertThatThrownBy(() -> ClaimPath.parse("n".repeat(257))).hasMessageContaining("1 to 256 characters");
        assertThat(ClaimPath.parse("n".repeat(256)).topName()).contains("n".repeat(256));
    }

    @Test
    @DisplayName("has a flat name for the context, and one at the top where new keys can have it")
    void names() {
        assertThat(ClaimPath.parse("realm.name").flatName()).isEqualTo("realm_name");
        assertThat(ClaimPath.parse("/realm_access/my.roles").flatName()).isEqualTo("realm_access_my_roles");
        assertThat(ClaimPath.parse("custom:plan").flatName()).isEqualTo("custom_plan");
        assertThat(ClaimPath.parse("realm.name").topName()).contains("realm.name");
        assertThat(ClaimPath.parse("/a~1b").topName()).contains("a/b");
        assertThat(ClaimPath.parse("/a/b").topName()).isEmpty();
        assertThat(ClaimPath.parse("/a/b")).isEqualTo(ClaimPath.parse("/a/b")).isNotEqualTo(ClaimPath.parse("a.b"));
        assertThat(ClaimPath.parse("a").hashCode()).isEqualTo("a".hashCode());
    }

    private static JsonObject json(String text) {
        try {
            return JsonReader.readObject(text.getBytes(UTF_8), new JsonLimits(1024, 8));
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}

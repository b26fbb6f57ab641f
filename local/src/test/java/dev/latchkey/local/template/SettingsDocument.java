package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** docs/settings.md, made of the declared settings and of the template, which has a parameter for most of them. */
record SettingsDocument(JsonNode template) {

    private static final String HEAD = """
            # Settings

            Environment variables. Each but AWS's own is read with and without `PLUGIN_` in front; blank counts as unset; every
            problem is reported at once when a function starts, and no function starts with a problem. Where the template has a
            parameter for a setting, set that. Durations are seconds, or a number with a unit: `30d`, `12h`, `1.5h`, `2 days`.

            <!-- written from the code: ./mvnw test -pl local -am -Dtest=SettingsTest -Dlatchkey.write=true -->
            | setting | function | value | default | parameter | meaning |
            |---|---|---|---|---|---|
            """;
    private static final String TAIL = """

            ## Claims

            Every setting that names claims takes the same notation:

            - the claim's name as it stands, with whatever dots, colons and slashes: `cognito:groups`, `https://example.com/roles`;
            - where the token has no claim of that name, a path with dots into objects and lists: `realm_access.roles`, `orgs.0.id`;
            - a JSON Pointer (RFC 6901), which begins with a slash and is never taken for a name: `/realm_access/roles`,
              `/resource_access/my.api/roles`; a slash in a name is `~1`, a tilde `~0`.

            A pointer says exactly one thing. Where a token's other claims are not the issuer's alone, take one: a user who may
            choose a claim's name could call it `realm.role`.

            Names and values with commas, bars, equals signs or colons stand in double quotes, with `\\"` for a quote in them:
            `name="Doe, Jane"|"A|B"`, `"Order Admins" = GET /orders`. What no token can have stops the start.

            ## Key rings

            A key ring is a JWK Set whose keys carry a `"status"`: one `"active"` key signs; `"next"` and `"previous"` keys only
            verify. [Rotation](rotation.md) moves them on.
            """;

    String text() {
        return Settings.all().stream().map(this::row).collect(Collectors.joining("\n", HEAD, "\n" + TAIL));
    }

    private String row(Setting setting) {
        String meaning =
                setting.meaning() + (setting.example().isEmpty() ? "" : ". Such as `" + setting.example() + "`");
        return "| "
                + String.join(
                        " | ",
                        "`" + setting.name() + "`",
                        setting.functions(),
                        value(setting),
                        usual(setting),
                        String.join(", ", parameters(setting)),
                        meaning.replace("|", "\\|"))
                + " |";
    }

    private static String value(Setting setting) {
        return switch (setting.kind()) {
            case TEXT, LIST, ADDRESS, KEY -> setting.kind().name().toLowerCase(java.util.Locale.ROOT);
            case NUMBER, DURATION -> setting.bounds();
            case CHOICE -> "`" + setting.usual() + "` or `" + setting.other() + "`";
        };
    }

    private static String usual(Setting setting) {
        String usual = setting.usual();
        if (usual.isEmpty()) {
            return "";
        }
        return setting.kind() == Setting.Kind.DURATION ? Setting.inWords(Integer.parseInt(usual)) : "`" + usual + "`";
    }

    /** The parameters that decide on the setting, in any function. */
    Set<String> parameters(Setting setting) {
        Set<String> parameters = new TreeSet<>();
        for (JsonNode resource : template.path("Resources")) {
            for (String spelling : List.of(setting.plain(), setting.prefixed())) {
                references(variables(resource).path(spelling), parameters);
            }
        }
        parameters.retainAll(Set.copyOf(names(template.path("Parameters"))));
        return parameters;
    }

    /** The parameters that decide on a value, be it by a condition. */
    static Set<String> follows(JsonNode template, JsonNode value) {
        Set<String> parameters = new TreeSet<>();
        references(value, parameters);
        for (JsonNode condition :
                value.path("Fn::If").isArray() ? List.of(value.path("Fn::If").path(0)) : List.<JsonNode>of()) {
            parameters.addAll(follows(template, template.path("Conditions").path(condition.asText())));
        }
        for (JsonNode inner : value) {
            parameters.addAll(inner.isTextual() ? Set.of() : follows(template, inner));
        }
        if (value.has("Condition")) {
            parameters.addAll(follows(
                    template,
                    template.path("Conditions").path(value.path("Condition").asText())));
        }
        parameters.retainAll(Set.copyOf(names(template.path("Parameters"))));
        return parameters;
    }

    static JsonNode variables(JsonNode resource) {
        return resource.path("Properties").path("Environment").path("Variables");
    }

    static List<String> names(JsonNode object) {
        return object.properties().stream().map(member -> member.getKey()).toList();
    }

    private static void references(JsonNode value, Set<String> found) {
        if (value.has("Ref")) {
            found.add(value.path("Ref").asText());
        }
        value.forEach(inner -> references(inner, found));
    }
}

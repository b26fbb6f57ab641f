package dev.latchkey.cli.deployment;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where API Gateway may invoke a function, by the function's policy.
 *
 * @param sources patterns of ARNs as {@code ArnLike} has them
 */
record InvokePolicy(List<String> sources) {

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 16);
    private static final Pattern API = Pattern.compile("arn:[^:]*:execute-api:[^:]*:[^:]*:([a-z0-9]+)/.*");

    static InvokePolicy read(String text) {
        List<String> sources = new ArrayList<>();
        try {
            JsonObject policy = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), LIMITS);
            for (JsonValue statement : list(policy.get("Statement").orElse(new JsonArray(List.of())))) {
                if (statement instanceof JsonObject one && isOfApiGateway(one)) {
                    sources.addAll(sources(one));
                }
            }
        } catch (JsonSyntaxException unknown) {
            return new InvokePolicy(List.of());
        }
        return new InvokePolicy(sources);
    }

    private static boolean isOfApiGateway(JsonObject statement) {
        return statement.string("Effect").orElse("").equals("Allow")
                && statement.toString().contains("lambda:InvokeFunction")
                && statement
                        .get("Principal")
                        .map(JsonValue::toString)
                        .filter(principal ->
                                principal.contains("apigateway.amazonaws.com") || principal.equals("\"*\""))
                        .isPresent();
    }

    private static List<String> sources(JsonObject statement) {
        JsonObject condition = statement.has("Condition") ? statement.object("Condition") : new JsonObject(Map.of());
        List<String> sources = new ArrayList<>();
        condition.members().values().forEach(operator -> {
            if (operator instanceof JsonObject one) {
                one.members().forEach((key, value) -> {
                    if (key.equalsIgnoreCase("AWS:SourceArn")) {
                        for (JsonValue arn : list(value)) {
                            sources.add(arn instanceof JsonString string ? string.value() : "");
                        }
                    }
                });
            }
        });
        return sources.isEmpty() ? List.of("*") : sources;
    }

    private static List<JsonValue> list(JsonValue value) {
        return value instanceof JsonArray array ? array.elements() : List.of(value);
    }

    /** Whether it lets API Gateway invoke the function for what has this ARN. */
    boolean covers(String arn) {
        return sources.stream().anyMatch(source -> matches(source, arn));
    }

    /** The APIs that it names. */
    Set<String> apis() {
        Set<String> apis = new LinkedHashSet<>();
        for (String source : sources) {
            Matcher api = API.matcher(source);
            if (api.matches()) {
                apis.add(api.group(1));
            }
        }
        return apis;
    }

    private static boolean matches(String source, String arn) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            String one = source.substring(i, i + 1);
            pattern.append(one.equals("*") ? ".*" : one.equals("?") ? "." : Pattern.quote(one));
        }
        return Pattern.matches(pattern.toString(), arn);
    }
}

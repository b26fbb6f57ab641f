package dev.latchkey.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.InvalidKeyMaterialException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret in Secrets Manager, or one value of a secret of keys and values: its name or ARN, a colon and the JSON key, as in
 * task definitions (Amazon ECS developer guide, "Pass Secrets Manager secrets through Amazon ECS environment variables").
 *
 * @param id the secret's name or ARN
 * @param member the JSON key; null for the whole secret
 */
record SecretPlace(String id, @Nullable String member) {

    private static final Pattern WITH_MEMBER = Pattern.compile("((?:arn:(?:[^:]*:){5})?[^:]+):([^:]+)(?:::)?");
    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 8);

    static SecretPlace parse(String text) {
        Matcher form = WITH_MEMBER.matcher(text);
        return form.matches() ? new SecretPlace(form.group(1), form.group(2)) : new SecretPlace(text, null);
    }

    /**
     * What the secret's text holds there.
     *
     * @throws InvalidKeyMaterialException if it has no such value, or is one of keys and values and none is named
     */
    String in(String text) {
        JsonObject json = object(text);
        if (member == null) {
            if (json == null
                    || json.has("kty")
                    || json.has("keys")
                    || json.members().isEmpty()) {
                return text;
            }
            throw new InvalidKeyMaterialException("holds keys and values, of which none is named: " + names(json)
                    + ". Set the secret's name, a colon and one of them");
        }
        if (json == null) {
            throw new InvalidKeyMaterialException(
                    "holds no keys and values in JSON, of which " + member + " could be one");
        }
        return json.string(member)
                .orElseThrow(() ->
                        new InvalidKeyMaterialException("holds no text under " + member + ", but " + names(json)));
    }

    private static String names(JsonObject json) {
        return String.join(
                ", ",
                json.members().keySet().stream()
                        .map(SettingsReader::printable)
                        .limit(10)
                        .toList());
    }

    private static @Nullable JsonObject object(String text) {
        if (!text.strip().startsWith("{")) {
            return null;
        }
        try {
            return JsonReader.readObject(text.strip().getBytes(UTF_8), LIMITS);
        } catch (JsonSyntaxException e) {
            return null;
        }
    }
}

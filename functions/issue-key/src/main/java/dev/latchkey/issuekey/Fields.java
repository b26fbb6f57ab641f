package dev.latchkey.issuekey;

import dev.latchkey.config.Lifetime;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a request, each read in the form and within the bounds that it has wherever it occurs. */
final class Fields {

    private static final int MAX_ID = 256;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_NAME = 100;
    private static final int MAX_SCOPES = 20;
    private static final int MAX_METADATA = 20;
    private static final int MAX_METADATA_VALUE = 256;
    private static final int MAX_CURSOR = 2048;
    private static final int MAX_KEY = 8192;
    private static final int MAX_LIMIT = 100;
    private static final int USUAL_LIMIT = 25;
    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,64}@[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,190}");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,64}");
    private static final Pattern METADATA_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Set<String> ACCIDENTS = Set.of("undefined", "null", "NaN", "[object Object]");

    private final JsonObject fields;

    private Fields(JsonObject fields) {
        this.fields = fields;
    }

    /**
     * The fields of an action.
     *
     * @throws RefusedRequest if one is not known; the message names it
     */
    static Fields of(Action action, JsonObject fields) throws RefusedRequest {
        Set<String> unknown = new TreeSet<>(fields.members().keySet());
        unknown.removeAll(action.fields());
        if (!unknown.isEmpty()) {
            throw RefusedRequest.invalid(
                    "unknown field " + printable(unknown.iterator().next()) + ". Known fields: "
                            + String.join(", ", new TreeSet<>(action.fields())));
        }
        return new Fields(fields);
    }

    /** Tells whether a field is there, even if it is {@code null}. */
    boolean isGiven(String name) {
        return fields.members().containsKey(name);
    }

    boolean has(String name) {
        return fields.has(name);
    }

    String customerId() throws RefusedRequest {
        String id = anyCustomerId();
        if (ACCIDENTS.contains(id)) {
            throw RefusedRequest.invalid("customerId is \"" + id + "\", which is no customer's id but a mistake");
        }
        return id;
    }

    /** Also one that is a mistake: keys that were issued to it elsewhere must end. */
    String anyCustomerId() throws RefusedRequest {
        String id = id("customerId");
        if (!Normalizer.isNormalized(id, Normalizer.Form.NFC)) {
            throw RefusedRequest.invalid(
                    "customerId must be composed (Unicode's form NFC), so that one customer has one id");
        }
        return id;
    }

    @Nullable
    String subscriptionId() throws RefusedRequest {
        return has("subscriptionId") ? id("subscriptionId") : null;
    }

    private String id(String name) throws RefusedRequest {
        String id = text(name);
        if (id.length() > MAX_ID || !ID.matcher(id).matches()) {
            throw RefusedRequest.invalid(name + " must have 1 to " + MAX_ID
                    + " characters, no control or format characters, and no spaces around");
        }
        return id;
    }

    String email() throws RefusedRequest {
        String email = text("email");
        if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
            throw RefusedRequest.invalid(
                    "email must be one address such as a@b.co, of at most " + MAX_EMAIL + " characters");
        }
        return email;
    }

    @Nullable
    String idempotencyKey() throws RefusedRequest {
        return has("idempotencyKey")
                ? matching("idempotencyKey", IDEMPOTENCY_KEY, "must have 1 to 255 printable ASCII characters")
                : null;
    }

    String keyId() throws RefusedRequest {
        return matching(Action.KEY_ID, KEY_ID, "must have 1 to 64 letters, digits, - and _");
    }

    /** The key itself, which no message shows. */
    String apikey() throws RefusedRequest {
        String key = text("apikey");
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw RefusedRequest.invalid("apikey must have 1 to " + MAX_KEY + " characters");
        }
        return key;
    }

    @Nullable
    String name() throws RefusedRequest {
        if (!has("name")) {
            return null;
        }
        String name = text("name");
        if (name.length() > MAX_NAME || !ID.matcher(name).matches()) {
            throw RefusedRequest.invalid("name must have 1 to " + MAX_NAME
                    + " characters, no control or format characters, and no spaces around");
        }
        return name;
    }

    List<String> scopes() throws RefusedRequest {
        if (!has("scopes")) {
            return List.of();
        }
        List<String> scopes = new ArrayList<>();
        if (fields.get("scopes").orElse(JsonValue.NULL) instanceof JsonArray listed) {
            for (JsonValue scope : listed.elements()) {
                if (scope instanceof JsonString text
                        && WORD.matcher(text.value()).matches()
                        && !scopes.contains(text.value())) {
                    scopes.add(text.value());
                }
            }
            if (scopes.size() == listed.elements().size() && scopes.size() <= MAX_SCOPES) {
                return scopes;
            }
        }
        throw RefusedRequest.invalid("scopes must be an array of at most " + MAX_SCOPES
                + " different scopes, each of 1 to 64 printable ASCII characters without spaces");
    }

    @Nullable
    String plan() throws RefusedRequest {
        return has("plan")
                ? matching("plan", WORD, "must have 1 to 64 printable ASCII characters without spaces")
                : null;
    }

    Map<String, String> metadata() throws RefusedRequest {
        if (!has("metadata")) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        if (fields.get("metadata").orElse(JsonValue.NULL) instanceof JsonObject given) {
            for (Map.Entry<String, JsonValue> entry : given.members().entrySet()) {
                if (METADATA_NAME.matcher(entry.getKey()).matches()
                        && entry.getValue() instanceof JsonString text
                        && text.value().length() <= MAX_METADATA_VALUE
                        && text.value().chars().noneMatch(Character::isISOControl)) {
                    metadata.put(entry.getKey(), text.value());
                }
            }
            if (metadata.size() == given.members().size() && metadata.size() <= MAX_METADATA) {
                return metadata;
            }
        }
        throw RefusedRequest.invalid("metadata must be an object of at most " + MAX_METADATA
                + " texts of at most " + MAX_METADATA_VALUE
                + " characters, under names of 1 to 40 letters, digits, _, . and -");
    }

    @Nullable
    Duration expiresIn() throws RefusedRequest {
        Duration expiresIn = has("expiresIn") ? duration("expiresIn") : null;
        if (expiresIn != null && expiresIn.isZero()) {
            throw RefusedRequest.invalid("expiresIn must be at least one second");
        }
        return expiresIn;
    }

    Duration grace(Duration usual, Duration longest) throws RefusedRequest {
        Duration grace = has("grace") ? duration("grace") : usual;
        if (grace.compareTo(longest) > 0) {
            throw RefusedRequest.invalid("grace is at most " + longest.toDays() + " days");
        }
        return grace;
    }

    /** Whole seconds as a number, or a text such as {@code 30d}. */
    private Duration duration(String name) throws RefusedRequest {
        JsonValue value = fields.get(name).orElse(JsonValue.NULL);
        if (value instanceof JsonNumber number && number.isWhole() && number.whole() >= 0) {
            if (number.whole() <= Lifetime.MAX.toSeconds()) {
                return Duration.ofSeconds(number.whole());
            }
        } else if (value instanceof JsonString text) {
            if (text.value().equals("0")) {
                return Duration.ZERO;
            }
            try {
                return Lifetime.parse(text.value());
            } catch (IllegalArgumentException e) {
                throw RefusedRequest.invalid(name + " " + e.getMessage());
            }
        }
        throw RefusedRequest.invalid(
                name + " must be a whole number of seconds, or a text such as \"30d\", of at most 10 years");
    }

    /** The name of a signing key, as a ring has it. */
    String signingKey() throws RefusedRequest {
        String name = text("signingKey");
        if (name.isBlank() || name.length() > MAX_ID) {
            throw RefusedRequest.invalid("signingKey must be the key id of a signing key, or without-kid");
        }
        return name;
    }

    int limit() throws RefusedRequest {
        if (!has("limit")) {
            return USUAL_LIMIT;
        }
        JsonValue value = fields.get("limit").orElse(JsonValue.NULL);
        String text = value instanceof JsonString string ? string.value() : value.toString();
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw RefusedRequest.invalid("limit must be a whole number from 1 to " + MAX_LIMIT);
    }

    @Nullable
    String cursor() throws RefusedRequest {
        if (!has("cursor")) {
            return null;
        }
        String cursor = text("cursor");
        if (cursor.length() > MAX_CURSOR) {
            throw RefusedRequest.invalid("cursor is not one that an answer named. Start without it");
        }
        return cursor;
    }

    private String matching(String name, Pattern pattern, String rule) throws RefusedRequest {
        String text = text(name);
        if (!pattern.matcher(text).matches()) {
            throw RefusedRequest.invalid(name + " " + rule);
        }
        return text;
    }

    private String text(String name) throws RefusedRequest {
        JsonValue value = fields.get(name).orElse(JsonValue.NULL);
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw RefusedRequest.invalid(name + (fields.has(name) ? " must be a string" : " is required"));
    }

    private static String printable(String name) {
        String line = name.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }
}

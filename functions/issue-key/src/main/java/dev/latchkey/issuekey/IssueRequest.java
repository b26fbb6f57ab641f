package dev.latchkey.issuekey;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checked request of the portal.
 *
 * @param customerId the customer's id at the billing provider: 1 to 256 characters, no control or format characters, no spaces around
 * @param email the user's email, at most 254 characters, no white space, control or format characters
 * @param subscriptionId the subscription's id, in the form of the customer's; null where there is none
 */
record IssueRequest(
        Action action,
        String customerId,
        String email,
        @Nullable String subscriptionId) {

    private static final int MAX_ID = 256;
    private static final int MAX_EMAIL = 254;
    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,64}@[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,190}");
    private static final Set<String> FIELDS = Set.of("customerId", "email", "subscriptionId");

    /**
     * Reads the fields of a request.
     *
     * @throws RefusedRequest if a field is missing, malformed or not known; the message names it
     */
    static IssueRequest read(Action action, JsonObject fields) throws RefusedRequest {
        Set<String> unknown = new TreeSet<>(fields.members().keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw RefusedRequest.invalid(
                    "unknown field " + printable(unknown.iterator().next()) + ". Known fields: "
                            + String.join(", ", new TreeSet<>(FIELDS)));
        }
        return new IssueRequest(
                action,
                id(fields, "customerId"),
                email(fields),
                fields.has("subscriptionId") ? id(fields, "subscriptionId") : null);
    }

    private static String id(JsonObject fields, String name) throws RefusedRequest {
        String id = text(fields, name);
        if (id.length() > MAX_ID || !ID.matcher(id).matches()) {
            throw RefusedRequest.invalid(name + " must have 1 to " + MAX_ID
                    + " characters, no control or format characters, and no spaces around");
        }
        return id;
    }

    private static String email(JsonObject fields) throws RefusedRequest {
        String email = text(fields, "email");
        if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
            throw RefusedRequest.invalid(
                    "email must be one address such as a@b.co, of at most " + MAX_EMAIL + " characters");
        }
        return email;
    }

    private static String text(JsonObject fields, String name) throws RefusedRequest {
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

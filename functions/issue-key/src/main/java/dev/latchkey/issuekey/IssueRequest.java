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
 * @param idempotencyKey what the caller calls the request, 1 to 255 printable ASCII characters; null where it does not
 */
record IssueRequest(
        Action action,
        String customerId,
        String email,
        @Nullable String subscriptionId,
        @Nullable String idempotencyKey) {

    private static final int MAX_ID = 256;
    private static final int MAX_EMAIL = 254;
    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?");
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,64}@[^\\s\\p{C}\\p{Z}@,;<>\"()\\\\]{1,190}");
    private static final Set<String> FIELDS = Set.of("customerId", "email", "subscriptionId");
    private static final Set<String> FIELDS_FOR_A_KEY =
            Set.of("customerId", "email", "subscriptionId", "idempotencyKey");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /**
     * Reads the fields of a request.
     *
     * @throws RefusedRequest if a field is missing, malformed or not known; the message names it
     */
    static IssueRequest read(Action action, JsonObject fields) throws RefusedRequest {
        Set<String> known = action == Action.CREATE_API_KEY ? FIELDS_FOR_A_KEY : FIELDS;
        Set<String> unknown = new TreeSet<>(fields.members().keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw RefusedRequest.invalid(
                    "unknown field " + printable(unknown.iterator().next()) + ". Known fields: "
                            + String.join(", ", new TreeSet<>(known)));
        }
        return new IssueRequest(
                action,
                id(fields, "customerId"),
                email(fields),
                fields.has("subscriptionId") ? id(fields, "subscriptionId") : null,
                fields.has("idempotencyKey") ? idempotencyKey(fields) : null);
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

    private static String idempotencyKey(JsonObject fields) throws RefusedRequest {
        String key = text(fields, "idempotencyKey");
        if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw RefusedRequest.invalid("idempotencyKey must have 1 to 255 printable ASCII characters");
        }
        return key;
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

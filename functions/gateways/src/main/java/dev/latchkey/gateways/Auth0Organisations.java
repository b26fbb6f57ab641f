package dev.latchkey.gateways;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Sha256;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.User;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Auth0's users, and an organisation for each customer. An organisation is named by a hash of the customer's id, so that no two
 * customers have one (Auth0 Management API, Organizations: names of 1 to 50 lower-case letters, digits, hyphens and
 * underscores).
 */
final class Auth0Organisations {

    private static final int DIGITS = 40;
    private static final int MAX_TEXT = 255;

    private final AdminApi api;

    Auth0Organisations(AdminApi api) {
        this.api = api;
    }

    /** The name of a customer's organisation: 49 characters. */
    static String name(String customerId) {
        return "latchkey-" + Sha256.hex("auth0 organisation of " + customerId).substring(0, DIGITS);
    }

    /** The id of a customer's organisation; empty where there is none yet. */
    Optional<String> find(String customerId) {
        Answer answer = api.get(Route.of("api/v2/organizations/name/{}", name(customerId)));
        return answer.isNotThere() ? Optional.empty() : Optional.of(answer.needed(answer.object(), "id"));
    }

    /** The user of a customer. */
    User user(String customerId, String email) {
        JsonObject user = userOf(customerId, email);
        return described(
                user,
                customerId,
                email,
                user.object("app_metadata").string("subscriptionId").orElse(null));
    }

    /** Makes a customer's organisation, or finds it, puts the user into it and notes the customer at the user. */
    User provision(String customerId, String email, @Nullable String subscriptionId) {
        JsonObject user = userOf(customerId, email);
        String userId = user.string("user_id").orElse("");
        String organisation = find(customerId).orElseGet(() -> made(customerId));
        api.post(
                        Route.of("api/v2/organizations/{}/members", organisation),
                        new JsonObjectBuilder().put("members", List.of(userId)).build())
                .good();
        JsonObjectBuilder customer = new JsonObjectBuilder().put("customerId", customerId);
        if (subscriptionId != null) {
            customer.put("subscriptionId", subscriptionId);
        }
        api.patch(
                        Route.of("api/v2/users/{}", userId),
                        new JsonObjectBuilder()
                                .put("app_metadata", customer.build())
                                .build())
                .good();
        return described(user, customerId, email, subscriptionId);
    }

    private String made(String customerId) {
        Answer answer = api.post(
                Route.of("api/v2/organizations"),
                new JsonObjectBuilder()
                        .put("name", name(customerId))
                        .put("display_name", clipped(customerId))
                        .put(
                                "metadata",
                                new JsonObjectBuilder()
                                        .put("customerId", clipped(customerId))
                                        .build())
                        .build());
        if (answer.mayBeThereAlready()) {
            Optional<String> found = find(customerId);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return answer.needed(answer.object(), "id");
    }

    private static String clipped(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT - 1) : text;
    }

    /** The user with an email: that of the customer where there are several. */
    private JsonObject userOf(String customerId, String email) {
        List<JsonObject> users = byEmail(email);
        if (users.isEmpty()) {
            users = byEmail(email.toLowerCase(Locale.ROOT));
        }
        List<JsonObject> theirs = users.stream()
                .filter(user -> user.object("app_metadata")
                        .string("customerId")
                        .filter(customerId::equals)
                        .isPresent())
                .toList();
        if (theirs.size() == 1) {
            return theirs.get(0);
        }
        if (users.size() == 1) {
            if (users.get(0).object("app_metadata").has("customerId")) {
                throw Records.ofAnother();
            }
            return users.get(0);
        }
        throw users.isEmpty()
                ? new ProvisioningException(Kind.NOT_FOUND, "Auth0 has no user with this email")
                : new ProvisioningException(
                        Kind.CONFLICT,
                        "Auth0 has several users with this email, and it is not known which is the customer's. Link them");
    }

    private List<JsonObject> byEmail(String email) {
        Answer answer = api.get(Route.of("api/v2/users-by-email?email={}", email));
        List<JsonObject> users = answer.objects(null);
        for (JsonObject user : users) {
            answer.needed(user, "user_id");
        }
        return users;
    }

    private static User described(JsonObject user, String customerId, String email, @Nullable String subscriptionId) {
        return new User(
                user.string("user_id").orElse(""),
                user.string("name").orElse(email),
                email,
                customerId,
                subscriptionId);
    }
}

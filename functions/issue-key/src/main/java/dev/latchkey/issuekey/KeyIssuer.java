package dev.latchkey.issuekey;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries requests out with the chosen plugin. */
final class KeyIssuer {

    private final ProvisioningPlugin plugin;

    KeyIssuer(ProvisioningPlugin plugin) {
        this.plugin = plugin;
    }

    /**
     * An answer and what it is about.
     *
     * @param body the answer's body
     * @param key the key in it; null where there is none
     */
    record Result(JsonObject body, @Nullable ApiKey key) {}

    /**
     * Carries out a request.
     *
     * @throws RefusedRequest if the plugin refuses it or does not offer it
     */
    Result carryOut(IssueRequest request) throws RefusedRequest {
        try {
            return switch (request.action()) {
                case CREATE_API_KEY -> createApiKey(request);
                case PROVISION_USER ->
                    answer(plugin.provisionUser(request.customerId(), request.email(), request.subscriptionId()));
                case GET_USER -> answer(plugin.getUser(request.customerId(), request.email()));
            };
        } catch (ProvisioningException e) {
            throw new RefusedRequest(kind(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    /** Creates a key, or gives it again. An answer to an idempotency key tells whether it was honoured. */
    private Result createApiKey(IssueRequest request) {
        String idempotencyKey = request.idempotencyKey();
        if (idempotencyKey == null) {
            ApiKey key = plugin.createApiKey(request.customerId(), request.email());
            return new Result(body(key).build(), key);
        }
        boolean isHonoured = plugin.isIdempotent();
        ApiKey key = isHonoured
                ? plugin.createApiKey(request.customerId(), request.email(), idempotencyKey)
                : plugin.createApiKey(request.customerId(), request.email());
        return new Result(body(key).put("idempotent", isHonoured).build(), key);
    }

    private static RefusedRequest.Kind kind(ProvisioningException.Kind kind) {
        return switch (kind) {
            case INVALID -> RefusedRequest.Kind.INVALID_REQUEST;
            case NOT_FOUND -> RefusedRequest.Kind.NOT_FOUND;
            case CONFLICT -> RefusedRequest.Kind.CONFLICT;
            case NOT_IMPLEMENTED -> RefusedRequest.Kind.NOT_IMPLEMENTED;
        };
    }

    private static JsonObjectBuilder body(ApiKey key) {
        JsonObjectBuilder body =
                new JsonObjectBuilder().put("apikey", key.value()).put("keyId", key.keyId());
        key.expiresAt().ifPresent(expiry -> body.put("expiresAt", expiry.toString()));
        return body;
    }

    private static Result answer(User user) {
        JsonValue subscription = Optional.ofNullable(user.billingSubscriptionId())
                .<JsonValue>map(JsonString::new)
                .orElse(JsonValue.NULL);
        JsonObject body = new JsonObjectBuilder()
                .put("id", user.id())
                .put("username", user.username())
                .put("email", user.email())
                .put("billing_customer_id", user.billingCustomerId())
                .put("billing_subscription_id", subscription)
                .build();
        return new Result(body, null);
    }
}

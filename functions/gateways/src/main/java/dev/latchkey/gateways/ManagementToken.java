package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token for Auth0's Management API by client credentials (RFC 6749 section 4.4), kept until a minute before its end, and for
 * ten minutes at most, so that a new secret and new permissions count soon. Thread-safe.
 */
final class ManagementToken implements AdminApi.Credential {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final AdminApi login;
    private final RemoteUri address;
    private final String clientId;
    private final Supplier<String> secret;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String text, Instant until) {}

    ManagementToken(AdminApi login, RemoteUri address, String clientId, Supplier<String> secret, Clock clock) {
        this.login = login;
        this.address = address;
        this.clientId = clientId;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + current());
    }

    @Override
    public String remedy() {
        return "Allow the application of " + Settings.AUTH0_CLIENT_ID + " all of the Management API's permissions that"
                + " docs/gateways.md lists";
    }

    private synchronized String current() {
        Token kept = token;
        if (kept == null || !clock.instant().isBefore(kept.until())) {
            kept = asked();
            token = kept;
        }
        return kept.text();
    }

    private Token asked() {
        String base = address.uri().toString();
        Answer answer = login.post(
                Route.of("oauth/token"),
                new JsonObjectBuilder()
                        .put("grant_type", "client_credentials")
                        .put("client_id", clientId)
                        .put("client_secret", secret.get())
                        .put("audience", (base.endsWith("/") ? base : base + "/") + "api/v2/")
                        .build());
        int status = answer.reply().status();
        if (status == 401 || status == 403) {
            throw new GatewayException("Auth0 gives no token for its Management API (status " + status + "). Check "
                    + Settings.AUTH0_CLIENT_ID + " and its secret, " + Settings.AUTH0_CLIENT_SECRET + " or "
                    + Settings.GATEWAY_SECRET_ID + ", and that the application is authorised for that API");
        }
        JsonObject granted = answer.object();
        JsonValue expires = granted.get("expires_in").orElse(JsonValue.NULL);
        Duration lifetime = expires instanceof JsonNumber number && number.isWhole()
                ? Duration.ofSeconds(Math.min(LONGEST.toSeconds(), number.whole()))
                : Duration.ZERO;
        return new Token(
                answer.needed(granted, "access_token"),
                clock.instant().plus(lifetime).minus(MARGIN));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "a token for Auth0's Management API";
    }
}

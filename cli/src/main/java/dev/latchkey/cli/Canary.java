package dev.latchkey.cli;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.moesif.Customer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A key that was issued to try the doors with, and is ended afterwards.
 *
 * @param text the key itself, which is never printed
 * @param keyId its id; empty where the plugin gives none
 * @param unverifiedHeader what its header says; empty where it is no JWT
 * @param unverifiedClaims what it claims; empty where it is no JWT
 */
record Canary(String text, String keyId, JsonObject unverifiedHeader, JsonObject unverifiedClaims) {

    /** Who it is issued to: the one customer of whom issue-key tells Moesif nothing. */
    static final String CUSTOMER = Customer.CANARY;

    static final String EMAIL = "latchkey-doctor@example.com";
    private static final int PARTS = 3;
    private static final JsonLimits LIMITS = new JsonLimits(8192, 16);

    static Canary of(JsonObject answer) {
        String text = answer.string("apikey").orElse("");
        String[] parts = text.split("\\.", -1);
        return new Canary(
                text,
                answer.string("keyId").orElse(""),
                parts.length == PARTS ? read(parts[0]) : new JsonObject(Map.of()),
                parts.length == PARTS ? read(parts[1]) : new JsonObject(Map.of()));
    }

    boolean isJwt() {
        return unverifiedHeader.has("alg");
    }

    String algorithm() {
        return unverifiedHeader.string("alg").orElse("");
    }

    Optional<Instant> issuedAt() {
        return unverifiedClaims.get("iat").map(time -> Instant.ofEpochSecond(Long.parseLong(time.toString())));
    }

    /** The address of the status list that it is in. */
    Optional<String> statusList() {
        JsonObject status =
                unverifiedClaims.has("status") ? unverifiedClaims.object("status") : new JsonObject(Map.of());
        return status.has("status_list") ? status.object("status_list").string("uri") : Optional.empty();
    }

    private static JsonObject read(String part) {
        try {
            return JsonReader.readObject(Spoilt.decoded(part).getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (JsonSyntaxException | IllegalArgumentException e) {
            return new JsonObject(Map.of());
        }
    }

    @Override
    public String toString() {
        return "the canary " + keyId;
    }
}

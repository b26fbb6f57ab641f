package dev.latchkey.cli;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A healthy stack to spoil: its door lets in the one key that it issued, and nothing else. */
final class FakeStack implements Functions, Published {

    static final String LISTS = "https://keys.example/statuslists/1";

    final List<JsonObject> asked = new ArrayList<>();
    final String key = encoded("{\"alg\":\"RS256\",\"kid\":\"k1\"}") + "."
            + encoded("{\"sub\":\"latchkey-doctor\",\"iat\":1772366400,\"exp\":1772366700,"
                    + "\"status\":{\"status_list\":{\"idx\":1,\"uri\":\"" + LISTS + "\"}}}")
            + "." + "c2lnbmF0dXJlc2lnbmF0dXJl";
    String issued = "{\"apikey\":\"" + key + "\",\"keyId\":\"id-1\"}";
    String revoking = "{\"status\":\"revoked\"}";
    String letsIn = "";
    String jwks = "{\"keys\":[{\"kid\":\"k1\"}]}";
    String policy = "{\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"arn:aws:x/prod/*\"}]}}";
    int listStatus = 200;
    boolean isRevokedAtDoors = true;
    private boolean isRevoked;

    @Override
    public Invocation invoke(String function, JsonObject event) {
        if (function.equals("issue")) {
            asked.add(event);
            if (event.string("action").orElse("").equals("revokeApiKey")) {
                isRevoked = true;
                return new Invocation(json(revoking), false, "");
            }
            boolean isTooLong = issued.contains("expiresIn") && !event.has("expiresIn");
            return new Invocation(
                    json(isTooLong ? "{\"apikey\":\"" + key + "\",\"keyId\":\"id-1\"}" : issued), false, "");
        }
        String header = event.string("authorizationToken")
                .orElseGet(() -> event.object("headers").string("authorization").orElse(""));
        boolean isOneKey = !event.toString().contains("\",\"Bearer");
        boolean isGood = header.equals("Bearer " + key) && isOneKey && !(isRevoked && isRevokedAtDoors);
        if (isGood || (!letsIn.isEmpty() && header.matches(letsIn))) {
            return new Invocation(json(policy), false, "");
        }
        JsonObject refusal =
                new JsonObjectBuilder().put("errorMessage", "Unauthorized").build();
        return new Invocation(
                refusal,
                true,
                "cut off in the midst\"}\n{\"decision\":\"unauthenticated\",\"reason\":\""
                        + (isRevoked ? "revoked" : "bad_signature") + "\"}\nsomething else\n");
    }

    @Override
    public Document get(String address) {
        return address.equals(LISTS)
                ? new Document(listStatus, "application/statuslist+jwt", "a.b.c")
                : new Document(200, "application/jwk-set+json", jwks);
    }

    static JsonObject json(String text) {
        try {
            return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), new JsonLimits(65536, 16));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(text, e);
        }
    }

    /** As before the key was revoked. */
    void issueAnew() {
        isRevoked = false;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

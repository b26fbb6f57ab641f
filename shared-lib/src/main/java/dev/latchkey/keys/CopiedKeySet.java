package dev.latchkey.keys;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/**
 * A JWK Set that was copied from where its issuer publishes it (RFC 7517 section 5). It is read as if it were fetched: a key
 * that cannot be used, or is listed twice, takes no usable one with it.
 */
public final class CopiedKeySet {

    private static final JsonLimits LIMITS = new JsonLimits(RemoteKeys.MAX_BYTES, 16);

    private CopiedKeySet() {}

    /**
     * Its usable keys; empty where the text is something else, such as a single key, a key ring, or a set with a secret, a
     * private or a revoked key, or too many keys.
     *
     * @param allowed the allow-list; empty means what the keys say
     * @param origin what the keys are told to be of
     * @param listener is told of the keys that are left out
     * @throws InvalidKeyMaterialException if none of its keys is usable
     */
    public static Optional<KeySet> read(
            String text, Collection<Algorithm> allowed, String origin, KeyFetchListener listener) {
        if (!text.strip().startsWith("{")) {
            return Optional.empty();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!isPublished(bytes)) {
            return Optional.empty();
        }
        KeySet keys = RemoteKeySet.read(bytes, allowed);
        if (!keys.leftOut().isEmpty()) {
            listener.leftOut(origin, keys.leftOut());
        }
        return Optional.of(keys);
    }

    private static boolean isPublished(byte[] text) {
        JsonObject json;
        try {
            json = JsonReader.readObject(text, LIMITS);
        } catch (JsonSyntaxException e) {
            return false;
        }
        return json.get("keys").orElse(JsonValue.NULL) instanceof JsonArray keys
                && !json.has("kty")
                && !keys.elements().isEmpty()
                && keys.elements().size() <= JwkReader.MAX_KEYS
                && keys.elements().stream().noneMatch(CopiedKeySet::isOwn);
    }

    private static boolean isOwn(JsonValue key) {
        return key instanceof JsonObject jwk
                && (PrivateJwk.isIn(jwk)
                        || jwk.string("kty").filter("oct"::equals).isPresent()
                        || jwk.has("status")
                        || jwk.has("revoked"));
    }
}

package dev.latchkey.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A key ring's JSON, and a ring made of a secret that is none. {@code toString()} names the keys only. */
record StoredRing(List<StoredKey> keys) {

    /** The most that a secret holds (AWS Secrets Manager user guide, "Quotas"). */
    static final int MAX_BYTES = 65_536;

    private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 8);

    StoredRing {
        keys = List.copyOf(keys);
    }

    /**
     * The ring in a text. A single key of any other form becomes the active key of a ring in which tokens find it as they
     * did: under its kid, and, where it has one, a second time without, since a key that is alone stands for tokens
     * without a kid, too.
     *
     * @param algorithm the algorithm of a key that declares none; null for HS256
     * @param kid the key id of a key that has none; null for none
     * @throws InvalidKeyMaterialException if there is no one key that signs, or its public half is not known
     */
    static StoredRing read(String text, @Nullable Algorithm algorithm, @Nullable String kid, Instant now) {
        KeyRing ring = KeyRing.read(text);
        ring.signingKey(algorithm, kid);
        List<StoredKey> keys = new ArrayList<>(stored(text.strip()));
        if (keys.isEmpty()) {
            keys.add(ofKey(ring.onlyEntry()));
        }
        keys.replaceAll(key -> declared(key, algorithm));
        if (keys.stream().noneMatch(key -> key.is(KeyStatus.ACTIVE))) {
            makeRing(keys, kid, now);
        }
        return new StoredRing(keys);
    }

    /** The same key with the algorithm that readers take it for. */
    private static StoredKey declared(StoredKey key, @Nullable Algorithm algorithm) {
        KeyEntry entry = key.entry();
        return entry == null || entry.declared() != null || entry.verifying() == null
                ? key
                : key.with(
                        "alg",
                        KeyRing.ownAlgorithm(entry, entry.verifying(), algorithm)
                                .name());
    }

    private static void makeRing(List<StoredKey> keys, @Nullable String kid, Instant now) {
        for (int i = 0; i < keys.size(); i++) {
            StoredKey key = keys.get(i);
            if (key.entry() != null) {
                String named = kid == null ? key.entry().kid() : kid;
                StoredKey active = (named == null ? key : key.with("kid", named)).with(KeyStatus.ACTIVE);
                keys.set(i, active);
                if (named != null) {
                    keys.add(active.withoutKid().retired(now));
                }
                return;
            }
        }
    }

    /** The keys of a text in JSON; none of another. */
    static List<StoredKey> stored(String text) {
        if (!text.startsWith("{")) {
            return List.of();
        }
        JsonObject json;
        try {
            json = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a ring that was read a moment ago", e);
        }
        List<JsonValue> jwks = json.get("keys").orElse(null) instanceof JsonArray set ? set.elements() : List.of(json);
        List<StoredKey> keys = new ArrayList<>();
        for (JsonValue jwk : jwks) {
            keys.add(StoredKey.of((JsonObject) jwk, "key " + (keys.size() + 1) + " of the set"));
        }
        return keys;
    }

    static StoredKey ofKey(KeyEntry entry) {
        Key signing = entry.signing();
        if (signing instanceof SecretKey secret) {
            return StoredKey.of(
                    new JsonObjectBuilder()
                            .put("kty", "oct")
                            .put("k", Base64Url.encode(secret.getEncoded()))
                            .build(),
                    "the secret");
        }
        if (entry.verifying() instanceof RSAPublicKey half && signing instanceof RSAPrivateKey whole) {
            return read(new RSAKey.Builder(half).privateKey(whole).build());
        }
        if (entry.verifying() instanceof ECPublicKey half && signing instanceof ECPrivateKey whole) {
            return read(new ECKey.Builder(Curve.forECParameterSpec(half.getParams()), half)
                    .privateKey(whole)
                    .build());
        }
        if (entry.verifying() instanceof EdECPublicKey half && signing instanceof EdECPrivateKey whole) {
            return read(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519.bytes(half)))
                    .d(Base64URL.encode(Ed25519.bytes(whole)))
                    .build());
        }
        throw new InvalidKeyMaterialException(
                "is an EC private key in PEM without its public half. Store it as a JWK, or with that half: openssl ec -in key.pem -out whole.pem");
    }

    /** What a key of Nimbus is to a ring. */
    static StoredKey read(JWK key) {
        String json = JSONObjectUtils.toJSONString(key.toJSONObject());
        try {
            return StoredKey.of(JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8), LIMITS), "the key");
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a JWK is always JSON", e);
        }
    }

    /**
     * The ring as a secret's value, which readers take.
     *
     * @throws InvalidKeyMaterialException if they would not, or it is too long
     */
    String text() {
        List<JsonValue> jwks = new ArrayList<>();
        keys.forEach(key -> jwks.add(key.jwk()));
        String text =
                new JsonObjectBuilder().put("keys", new JsonArray(jwks)).build().toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidKeyMaterialException("would be a key ring of more than " + MAX_BYTES
                    + " bytes, the most that a secret holds. Remove previous keys whose tokens have expired");
        }
        KeyRing.read(text).signingKey(null, null);
        return text;
    }
}

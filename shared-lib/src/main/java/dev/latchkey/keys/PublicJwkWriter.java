package dev.latchkey.keys;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Public keys as a JWK Set for everybody (RFC 7517, RFC 7518 section 6, RFC 8037). */
public final class PublicJwkWriter {

    private PublicJwkWriter() {}

    /**
     * The set of a key set's public keys, each with a key id: its own, or the RFC 7638 thumbprint that tokens carry where it
     * has none, and each key id once. Secrets and weak keys are left out, and there is nothing private in a key set.
     */
    public static JsonObject publicSet(KeySet keys) {
        Map<String, JsonValue> jwks = new LinkedHashMap<>();
        for (VerificationKey key : keys.keys()) {
            if (key.isWeak()) {
                continue;
            }
            key.publicKey().ifPresent(publicKey -> {
                JsonObject jwk = jwk(key, publicKey);
                jwks.putIfAbsent(jwk.string("kid").orElse(""), jwk);
            });
        }
        return new JsonObjectBuilder()
                .put("keys", new JsonArray(List.copyOf(jwks.values())))
                .build();
    }

    private static JsonObject jwk(VerificationKey key, PublicKey publicKey) {
        JsonObjectBuilder jwk = new JsonObjectBuilder();
        if (publicKey instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA").put("n", text(rsa.getModulus())).put("e", text(rsa.getPublicExponent()));
        } else if (publicKey instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            jwk.put("kty", "EC")
                    .put("crv", "P-" + bits)
                    .put("x", Base64Url.encode(fixed(ec.getW().getAffineX(), (bits + 7) / 8)))
                    .put("y", Base64Url.encode(fixed(ec.getW().getAffineY(), (bits + 7) / 8)));
        } else if (publicKey instanceof EdECPublicKey) {
            jwk.put("kty", "OKP").put("crv", Ed25519.NAME).put("x", Base64Url.encode(Ed25519.bytes(publicKey)));
        } else {
            throw new IllegalStateException("a public key of a kind that no algorithm here works with");
        }
        key.kid().or(() -> KeyId.thumbprint(publicKey)).ifPresent(kid -> jwk.put("kid", kid));
        return jwk.put("alg", key.algorithm().name()).put("use", "sig").build();
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Base64Url.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** A coordinate in all the bytes of its curve (RFC 7518 section 6.2.1.2). */
    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
        return fixed;
    }
}

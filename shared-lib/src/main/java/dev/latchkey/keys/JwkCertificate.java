package dev.latchkey.keys;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The certificate chain that a JWK may carry, {@code x5c} (RFC 7517 section 4.7). It is not trusted for anything. */
final class JwkCertificate {

    private JwkCertificate() {}

    /**
     * Checks that the first certificate, if there is any, is one of the key.
     *
     * @throws GeneralSecurityException if it is not
     */
    static void check(JsonObject jwk, Key key) throws GeneralSecurityException {
        if (jwk.has("x5c") && !MessageDigest.isEqual(key(jwk).getEncoded(), key.getEncoded())) {
            throw new InvalidKeySpecException("x5c is of another key");
        }
    }

    /**
     * The key of the first certificate.
     *
     * @throws GeneralSecurityException if there is none
     */
    static PublicKey key(JsonObject jwk) throws GeneralSecurityException {
        PublicKey key = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(first(jwk)))
                .getPublicKey();
        String type = key.getAlgorithm().equals("RSA") || key.getAlgorithm().equals("EC") ? key.getAlgorithm() : "OKP";
        if (jwk.string("kty").filter(kty -> !kty.equals(type)).isPresent()) {
            throw new InvalidKeySpecException("x5c is of another kind of key");
        }
        return key;
    }

    /** The thumbprints by which a token may name the certificate: those that the JWK tells, and those of {@code x5c}. */
    static List<String> thumbprints(JsonObject jwk) {
        Set<String> thumbprints = new LinkedHashSet<>();
        jwk.string("x5t").ifPresent(thumbprints::add);
        jwk.string("x5t#S256").ifPresent(thumbprints::add);
        if (jwk.has("x5c")) {
            try {
                for (String hash : List.of("SHA-1", "SHA-256")) {
                    thumbprints.add(
                            Base64Url.encode(MessageDigest.getInstance(hash).digest(first(jwk))));
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a certificate that was read has thumbprints", e);
            }
        }
        return List.copyOf(thumbprints);
    }

    private static byte[] first(JsonObject jwk) throws GeneralSecurityException {
        if (!(jwk.get("x5c").orElse(JsonValue.NULL) instanceof JsonArray chain)
                || chain.elements().isEmpty()
                || !(chain.elements().get(0) instanceof JsonString first)) {
            throw new InvalidKeySpecException("x5c is not a list of certificates");
        }
        try {
            return Base64.getDecoder().decode(first.value());
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("x5c is not in base64", e);
        }
    }
}

package dev.latchkey.keys;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;

/** The certificate chain that a JWK may carry, {@code x5c} (RFC 7517 section 4.7). It is not trusted for anything. */
final class JwkCertificate {

    private JwkCertificate() {}

    /**
     * Checks that the first certificate, if there is any, is one of the key.
     *
     * @throws GeneralSecurityException if it is not
     */
    static void check(JsonObject jwk, Key key) throws GeneralSecurityException {
        if (!jwk.has("x5c")) {
            return;
        }
        if (!(jwk.get("x5c").orElse(JsonValue.NULL) instanceof JsonArray chain)
                || chain.elements().isEmpty()
                || !(chain.elements().get(0) instanceof JsonString first)) {
            throw new InvalidKeySpecException("x5c is not a list of certificates");
        }
        if (!MessageDigest.isEqual(read(first.value()).getPublicKey().getEncoded(), key.getEncoded())) {
            throw new InvalidKeySpecException("x5c is of another key");
        }
    }

    private static Certificate read(String base64) throws GeneralSecurityException {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("x5c is not in base64", e);
        }
    }
}

package dev.latchkey.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.json.JsonValue.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.text.ParseException;
import java.util.Set;

/** The private key that a JWK holds. Read by Nimbus, which is not loaded for public keys. */
final class PrivateJwk {

    static final Set<String> MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth");

    private PrivateJwk() {}

    /** Tells whether a JWK shows anything of a private key (RFC 7518 section 6). */
    static boolean isIn(JsonObject jwk) {
        for (String member : MEMBERS) {
            if (jwk.members().containsKey(member)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The private key.
     *
     * @throws GeneralSecurityException if it cannot be read
     */
    static PrivateKey read(JsonObject json) throws GeneralSecurityException {
        try {
            JWK jwk = JWK.parse(json.toString());
            PrivateKey key = null;
            if (jwk instanceof RSAKey rsa) {
                key = rsa.toRSAPrivateKey();
            } else if (jwk instanceof ECKey ec) {
                key = ec.toECPrivateKey();
            } else if (jwk instanceof OctetKeyPair pair && pair.getDecodedD() != null) {
                key = Ed25519.privateKey(pair.getDecodedD());
            }
            if (key == null) {
                throw new InvalidKeySpecException("no private key");
            }
            return key;
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidKeySpecException("not a JWK", e);
        }
    }
}

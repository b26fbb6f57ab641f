package dev.latchkey.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key ids, the {@code kid} of keys and headers (RFC 7515 section 4.1.4). */
public final class KeyId {

    /** The longest key id that is taken from a key or a header. */
    public static final int MAX_LENGTH = 256;

    private KeyId() {}

    /** Tells whether a key may have that id: not blank, not too long and without control characters. */
    public static boolean isUsable(String kid) {
        return !kid.isBlank() && kid.length() <= MAX_LENGTH && !holdsControl(kid);
    }

    private static boolean holdsControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The SHA-256 thumbprint of a public key (RFC 7638); empty for a secret, whose thumbprint would say too much. */
    public static Optional<String> thumbprint(@Nullable Key key) {
        try {
            if (key instanceof RSAPublicKey rsa) {
                return Optional.of(
                        new RSAKey.Builder(rsa).build().computeThumbprint().toString());
            }
            if (key instanceof ECPublicKey ec) {
                return Optional.of(new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                        .build()
                        .computeThumbprint()
                        .toString());
            }
            if (key instanceof PublicKey && Ed25519.isKey(key)) {
                return Optional.of(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519.bytes(key)))
                        .build()
                        .computeThumbprint()
                        .toString());
            }
            return Optional.empty();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime does not offer SHA-256", e);
        }
    }
}

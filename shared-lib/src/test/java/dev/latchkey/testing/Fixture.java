package dev.latchkey.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;

/** The committed files: keys as OpenSSL writes them, tokens as the portal's plugin makes them. */
public final class Fixture {

    private Fixture() {}

    /** The text of a file under src/test/resources. */
    public static String read(String path) {
        try (InputStream file = Fixture.class.getResourceAsStream("/" + path)) {
            String text = new String(Objects.requireNonNull(file, path).readAllBytes(), UTF_8);
            if (path.contains("private") || path.contains("secret")) {
                LeakGuard.secret(text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes in the armour of a PEM file. */
    public static byte[] der(String path) {
        return Base64.getMimeDecoder().decode(read(path).replaceAll("-----[A-Z ]+-----", ""));
    }

    /** The RSA private key that the certificate and the PKCS#1 files hold, too. */
    public static PrivateKey seedPrivateKey() {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(der("seed/rs256-private.pem")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

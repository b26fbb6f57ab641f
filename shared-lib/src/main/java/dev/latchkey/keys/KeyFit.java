package dev.latchkey.keys;

import dev.latchkey.keys.Algorithm.Family;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/** Whether a key is of the right kind and strong enough for an algorithm. */
final class KeyFit {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_WEAK_RSA_BITS = 1024;
    private static final int MIN_WEAK_SECRET_BITS = 128;
    private static final int MAX_RSA_BITS = 8192;

    private KeyFit() {}

    /** The algorithm that is usual for a key of this kind; empty where there is none. */
    static Optional<Algorithm> usual(Key key) {
        if (key instanceof SecretKey) {
            return Optional.of(Algorithm.HS256);
        }
        if (key instanceof RSAKey) {
            return Optional.of(Algorithm.RS256);
        }
        if (key instanceof ECKey) {
            return Stream.of(Algorithm.ES256, Algorithm.ES384, Algorithm.ES512)
                    .filter(algorithm -> isOfKind(key, algorithm))
                    .findFirst();
        }
        return Ed25519.isKey(key) ? Optional.of(Algorithm.EdDSA) : Optional.empty();
    }

    static boolean isOfKind(Key key, Algorithm algorithm) {
        Family family = algorithm.family();
        if (key instanceof SecretKey) {
            return family == Family.HMAC;
        }
        if (key instanceof RSAKey) {
            return family == Family.RSA || family == Family.RSA_PSS;
        }
        if (Ed25519.isKey(key)) {
            return family == Family.ED;
        }
        return key instanceof ECKey ec
                && family == Family.EC
                && ec.getParams().getCurve().getField().getFieldSize() == algorithm.bits();
    }

    /** Tells whether a key of that kind is as long as the algorithm needs it, which of one secret some may and some not. */
    static boolean isLongEnough(Key key, Algorithm algorithm) {
        return !(key instanceof SecretKey secret) || secret.getEncoded().length * 8 >= algorithm.bits();
    }

    /**
     * Checks a key against an algorithm.
     *
     * @throws InvalidKeyMaterialException if the key is of another kind or too weak; the message tells which
     */
    static void check(Key key, Algorithm algorithm) {
        check(key, algorithm, algorithm.bits(), MIN_RSA_BITS);
    }

    /**
     * The same for a key that may be weak: a secret of 128 bits, or RSA of 1024, of which no break is known to the public.
     * What is guessable, known to everybody or unsound stays refused.
     */
    static void checkWeak(Key key, Algorithm algorithm) {
        check(key, algorithm, MIN_WEAK_SECRET_BITS, MIN_WEAK_RSA_BITS);
    }

    private static void check(Key key, Algorithm algorithm, int minSecretBits, int minRsaBits) {
        if (!isOfKind(key, algorithm)) {
            throw new InvalidKeyMaterialException(
                    algorithm + " needs " + needed(algorithm) + ", got " + describe(key) + " (RFC 7518 section 3.1)");
        }
        if (key.getAlgorithm().equals("RSASSA-PSS")) {
            throw new InvalidKeyMaterialException(
                    "is a key for RSASSA-PSS alone (RFC 4055), which is not supported. Use one"
                            + " of type rsaEncryption");
        }
        if (key instanceof SecretKey secret) {
            checkSecret(secret, algorithm, minSecretBits);
        } else if (key instanceof RSAKey rsa) {
            checkRsa(rsa, algorithm, minRsaBits);
        } else if (algorithm.family() == Family.ED && key instanceof PublicKey point) {
            Ed25519.check(point);
        }
    }

    private static void checkSecret(SecretKey secret, Algorithm algorithm, int minBits) {
        byte[] bytes = secret.getEncoded();
        if (bytes.length * 8 < minBits) {
            throw new InvalidKeyMaterialException(algorithm + " needs at least " + minBits + " bits, got "
                    + bytes.length * 8 + ". Create one with scripts/create-keys (RFC 7518 section 3.2)");
        }
        if (isGuessable(bytes)) {
            throw new InvalidKeyMaterialException("the secret is guessable: it repeats itself."
                    + " Create one with scripts/create-keys (RFC 8725 section 3.5)");
        }
        if (KnownSecrets.contains(bytes)) {
            throw new InvalidKeyMaterialException("the secret is known to everybody: it stands in documentation."
                    + " Create one with scripts/create-keys (RFC 8725 section 3.5)");
        }
    }

    /** A secret made of a few characters, of one character for the most part, or of a repeated word. */
    private static boolean isGuessable(byte[] secret) {
        int[] counts = new int[256];
        for (byte b : secret) {
            counts[b & 0xff]++;
        }
        int distinct = 0;
        int most = 0;
        for (int count : counts) {
            distinct += count > 0 ? 1 : 0;
            most = Math.max(most, count);
        }
        return distinct < 8 || most > secret.length / 2 || repeatsItself(secret);
    }

    private static boolean repeatsItself(byte[] bytes) {
        for (int period = 1; period <= bytes.length / 2; period++) {
            if (Arrays.equals(bytes, 0, bytes.length - period, bytes, period, bytes.length)) {
                return true;
            }
        }
        return false;
    }

    private static void checkRsa(RSAKey rsa, Algorithm algorithm, int minBits) {
        int bits = rsa.getModulus().bitLength();
        if (bits < minBits || bits > MAX_RSA_BITS) {
            throw new InvalidKeyMaterialException(algorithm + " needs an RSA key of " + minBits + " to " + MAX_RSA_BITS
                    + " bits, got " + bits + " (RFC 7518 section 3.3)");
        }
        RsaNumbers.checkModulus(rsa.getModulus());
        if (rsa instanceof RSAPublicKey key) {
            RsaNumbers.checkExponent(key.getPublicExponent());
        }
    }

    private static String needed(Algorithm algorithm) {
        return switch (algorithm.family()) {
            case HMAC -> "a secret";
            case RSA, RSA_PSS -> "an RSA key";
            case EC -> "an EC key on P-" + algorithm.bits();
            case ED -> "an Ed25519 key";
        };
    }

    private static String describe(Key key) {
        if (key instanceof SecretKey) {
            return "a secret";
        }
        if (key instanceof ECKey ec) {
            return "an EC key of " + ec.getParams().getCurve().getField().getFieldSize() + " bits";
        }
        return Ed25519.isKey(key) ? "an Ed25519 key" : "a key of type " + key.getAlgorithm();
    }
}

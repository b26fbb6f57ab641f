package dev.latchkey.keys;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A signature algorithm of JSON Web Signatures (RFC 7518 section 3). A key is tied to exactly one of them, so a token
 * cannot choose.
 */
public enum Algorithm {
    /** HMAC with SHA-256; a secret of at least 256 bits. */
    HS256(Family.HMAC, "HmacSHA256", 256),
    /** HMAC with SHA-384; a secret of at least 384 bits. */
    HS384(Family.HMAC, "HmacSHA384", 384),
    /** HMAC with SHA-512; a secret of at least 512 bits. */
    HS512(Family.HMAC, "HmacSHA512", 512),
    /** RSASSA-PKCS1-v1_5 with SHA-256; RSA of at least 2048 bits. */
    RS256(Family.RSA, "SHA256withRSA", 256),
    /** RSASSA-PKCS1-v1_5 with SHA-384; RSA of at least 2048 bits. */
    RS384(Family.RSA, "SHA384withRSA", 384),
    /** RSASSA-PKCS1-v1_5 with SHA-512; RSA of at least 2048 bits. */
    RS512(Family.RSA, "SHA512withRSA", 512),
    /** RSASSA-PSS with SHA-256; RSA of at least 2048 bits. */
    PS256(Family.RSA_PSS, "RSASSA-PSS", 256),
    /** RSASSA-PSS with SHA-384; RSA of at least 2048 bits. */
    PS384(Family.RSA_PSS, "RSASSA-PSS", 384),
    /** RSASSA-PSS with SHA-512; RSA of at least 2048 bits. */
    PS512(Family.RSA_PSS, "RSASSA-PSS", 512),
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256(Family.EC, "SHA256withECDSAinP1363Format", 256),
    /** ECDSA on the curve P-384 with SHA-384. */
    ES384(Family.EC, "SHA384withECDSAinP1363Format", 384),
    /** ECDSA on the curve P-521 with SHA-512. */
    ES512(Family.EC, "SHA512withECDSAinP1363Format", 521),
    /** EdDSA on the curve Ed25519 (RFC 8037 section 3.1). */
    EdDSA(Family.ED, "Ed25519", 255);

    /** What kind of key an algorithm works with, and how. */
    public enum Family {
        /** HMAC (RFC 7518 section 3.2). */
        HMAC,
        /** RSASSA-PKCS1-v1_5 (RFC 7518 section 3.3). */
        RSA,
        /** RSASSA-PSS (RFC 7518 section 3.5). */
        RSA_PSS,
        /** ECDSA (RFC 7518 section 3.4). */
        EC,
        /** EdDSA (RFC 8037). */
        ED
    }

    private final Family family;
    private final String jcaName;
    private final int bits;

    Algorithm(Family family, String jcaName, int bits) {
        this.family = family;
        this.jcaName = jcaName;
        this.bits = bits;
    }

    /**
     * The algorithm of that name, which is case-sensitive (RFC 7515 section 4.1.1); empty for every other name,
     * {@code none} included.
     */
    public static Optional<Algorithm> named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The algorithm of that name in any case, as people write it in settings. */
    public static Optional<Algorithm> namedInAnyCase(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The names of all algorithms, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Algorithm::name).collect(Collectors.joining(", "));
    }

    /** Tells whether the same secret signs and verifies. */
    public boolean isSymmetric() {
        return family == Family.HMAC;
    }

    /** What kind of key it works with. */
    public Family family() {
        return family;
    }

    String jcaName() {
        return jcaName;
    }

    /** Bits of the hash; for HMAC also the least bits of the secret, for ECDSA and EdDSA the bits of the curve. */
    public int bits() {
        return bits;
    }
}

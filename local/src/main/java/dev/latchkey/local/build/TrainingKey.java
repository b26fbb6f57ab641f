package dev.latchkey.local.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.JsonTree;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A throw-away RS256 key of an issuer of its own.
 *
 * @param issuer the {@code iss} of its tokens
 * @param signing the private key or key ring, as in the settings
 * @param verifying the public key or JWK Set, as in the settings
 */
record TrainingKey(String issuer, String signing, String verifying) {
    /** The {@code aud} of the tokens. */
    static final String AUDIENCE = "training";

    private static final Duration VALID = Duration.ofHours(1);
    private static final int RSA_BITS = 2048;

    /** A new RSA key in a JWK Set. */
    static TrainingKey jwkSet() {
        NewKeyRing ring = NewKeyRing.of(Algorithm.RS256);
        return new TrainingKey("jwk-set", ring.secretText(), ring.verifyingText());
    }

    /** A new RSA key as a JWK. */
    static TrainingKey jwk() {
        NewKeyRing ring = NewKeyRing.of(Algorithm.RS256);
        JsonNode set = JsonTree.parse(ring.verifyingText()).orElseThrow();
        return new TrainingKey(
                "jwk", ring.secretText(), set.path("keys").path(0).toString());
    }

    /** A new RSA key as PEM. */
    static TrainingKey pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair pair = generator.generateKeyPair();
            return new TrainingKey(
                    "pem",
                    pem("PRIVATE", pair.getPrivate().getEncoded()),
                    pem("PUBLIC", pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String half, byte[] key) {
        return "-----BEGIN " + half + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END " + half
                + " KEY-----\n";
    }

    /** A good token of the key, valid for an hour. */
    String token() {
        Instant now = Instant.now();
        TokenSigner signer = new TokenSigner(
                KeySource.fixed(KeyRing.read(signing).signingKey(Algorithm.RS256, null)),
                ClaimNames.DEFAULT,
                issuer,
                List.of(AUDIENCE));
        return signer.sign(new KeyClaims("cus_training", "training", now, now.plus(VALID)));
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "key of " + issuer;
    }
}

package dev.latchkey.keys;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A key that checks signatures: a public key or a MAC secret, tied to one {@link Algorithm} and to at most one key id.
 *
 * <p>It checks with the JDK's own cryptography. {@code toString()} shows the key id and the algorithm only.
 */
public final class VerificationKey {

    private final @Nullable String kid;
    private final Algorithm algorithm;
    private final Key key;
    private final @Nullable Published published;
    private final @Nullable Instant weakUntil;

    /**
     * Ties a key to its algorithm.
     *
     * @throws InvalidKeyMaterialException if the key does not fit the algorithm
     */
    public VerificationKey(@Nullable String kid, Algorithm algorithm, Key key) {
        this(kid, algorithm, key, null, null);
    }

    private VerificationKey(
            @Nullable String kid,
            Algorithm algorithm,
            Key key,
            @Nullable Published published,
            @Nullable Instant weakUntil) {
        if (weakUntil == null) {
            KeyFit.check(key, algorithm);
        } else {
            KeyFit.checkWeak(key, algorithm);
        }
        this.kid = kid;
        this.algorithm = algorithm;
        this.key = key;
        this.published = published;
        this.weakUntil = weakUntil;
    }

    /**
     * Ties a key that may be too weak to sign to its algorithm, for tokens that it signed before.
     *
     * @param until when that ends
     * @throws InvalidKeyMaterialException if the key does not fit the algorithm, or is weaker than may be taken at all
     */
    static VerificationKey weak(@Nullable String kid, Algorithm algorithm, Key key, Instant until) {
        return new VerificationKey(kid, algorithm, key, null, until);
    }

    /** Tells whether the key is too weak to be shown to others, or to sign anything but tokens of old. */
    public boolean isWeak() {
        return weakUntil != null;
    }

    /** Tells whether the key may verify at that time, which a weak one may for a while only. */
    public boolean mayVerifyAt(Instant now) {
        return weakUntil == null || now.isBefore(weakUntil);
    }

    /**
     * Ties a key that came over the network to its algorithm. Its modulus is tested for being a prime when the first signature
     * holds, which takes as long as signing.
     *
     * @param published what its set tells of it
     * @throws InvalidKeyMaterialException if the key does not fit the algorithm
     */
    static VerificationKey ofOthers(@Nullable String kid, Algorithm algorithm, Key key, Published published) {
        return new VerificationKey(kid, algorithm, key, published, null);
    }

    /** What the set that it came from tells of it; nothing of a key that came from none. */
    Published published() {
        return published == null ? Published.NOTHING : published;
    }

    /** The issuers that the set which it came from ties it to; empty for a key that is for every one. */
    public List<String> issuers() {
        return published().issuers();
    }

    /** The key id (RFC 7517 section 4.5); empty for a key that has none and so stands for every token. */
    public Optional<String> kid() {
        return Optional.ofNullable(kid);
    }

    /** The key where it is a public one; empty for a secret, which must not be shown to anybody. */
    Optional<PublicKey> publicKey() {
        return key instanceof PublicKey publicKey ? Optional.of(publicKey) : Optional.empty();
    }

    /** The public key or secret itself. */
    Key material() {
        return key;
    }

    /** The only algorithm that this key checks. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /**
     * Tells whether a signature is this key's over the bytes. A signature of the wrong length or shape is false like
     * any other wrong one, and so is every one under a public key from the network whose modulus is a prime.
     */
    public boolean verifies(byte[] signed, byte[] signature) {
        try {
            if (algorithm.isSymmetric()) {
                Mac mac = Mac.getInstance(algorithm.jcaName());
                mac.init(key);
                return MessageDigest.isEqual(mac.doFinal(signed), signature);
            }
            if (isOfCurve() && signature.length != SignatureParameters.curveLength(algorithm)) {
                return false;
            }
            Signature verifier = SignatureParameters.instance(algorithm);
            verifier.initVerify((PublicKey) key);
            verifier.update(signed);
            return verifier.verify(signature) && isSound();
        } catch (SignatureException e) {
            return false;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key " + this + " cannot be used for " + algorithm, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not offer " + algorithm, e);
        }
    }

    /** With a prime as modulus everybody finds the private key. */
    private boolean isSound() {
        return published == null || !(key instanceof RSAPublicKey rsa) || !RsaNumbers.isPrime(rsa.getModulus());
    }

    private boolean isOfCurve() {
        return algorithm.family() == Algorithm.Family.EC || algorithm.family() == Algorithm.Family.ED;
    }

    @Override
    public String toString() {
        return algorithm + " key " + (kid == null ? "without kid" : kid);
    }
}

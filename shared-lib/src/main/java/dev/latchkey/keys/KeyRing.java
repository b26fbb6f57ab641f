package dev.latchkey.keys;

import java.security.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys in one text: a bare secret, a PEM block, a JWK, a JWK Set, or a JWK Set whose keys carry a {@code status} of
 * {@code next}, {@code active} or {@code previous}. One key signs, all of them verify.
 *
 * <p>{@code toString()} shows key ids only.
 */
public final class KeyRing {

    private final List<KeyEntry> entries;

    private KeyRing(List<KeyEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a text in any of the forms, without the white space around it.
     *
     * <p>What looks like PEM, JSON or a key in another spelling is never taken for a secret.
     *
     * @throws InvalidKeyMaterialException if the text is blank, is PEM or JSON that holds no usable key, names a key id
     *     twice, or marks any but one of its keys active
     */
    public static KeyRing read(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new InvalidKeyMaterialException("is blank");
        }
        List<KeyEntry> entries = entries(trimmed);
        if (entries.isEmpty()) {
            throw new InvalidKeyMaterialException("holds no key for signatures");
        }
        checkKids(entries);
        checkStatuses(entries);
        return new KeyRing(entries);
    }

    private static List<KeyEntry> entries(String text) {
        if (PemReader.looksLikePem(text)) {
            return List.of(PemReader.read(text));
        }
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
            return JwkReader.read(text);
        }
        return List.of(BareSecret.read(text));
    }

    private static void checkKids(List<KeyEntry> entries) {
        Set<String> kids = new HashSet<>();
        for (KeyEntry entry : entries) {
            if (!kids.add(entry.kid() == null ? "" : entry.kid())) {
                throw new InvalidKeyMaterialException(
                        entry.kid() == null
                                ? "holds more than one key without a kid, so that no token tells which signed it"
                                : "holds two keys with the kid " + entry.kid());
            }
        }
    }

    private static void checkStatuses(List<KeyEntry> entries) {
        int active = 0;
        boolean isRing = false;
        for (KeyEntry entry : entries) {
            isRing |= entry.status() != null;
            active += entry.status() == KeyStatus.ACTIVE ? 1 : 0;
        }
        if (isRing && active != 1) {
            throw new InvalidKeyMaterialException(
                    "a key ring needs exactly one key with the status active, got " + active);
        }
    }

    /** Tells whether each key speaks for itself: there are several, one of them active, as {@link RingRotation} makes them. */
    private boolean isRing() {
        return entries.size() > 1 && entries.stream().anyMatch(entry -> entry.status() != null);
    }

    /** The key of a text that is not JSON. */
    KeyEntry onlyEntry() {
        return entries.get(0);
    }

    /** Tells whether any of the keys is a private key of an asymmetric algorithm. */
    public boolean holdsPrivateKeys() {
        for (KeyEntry entry : entries) {
            if (entry.isPrivate()) {
                return true;
            }
        }
        return false;
    }

    /** The keys that verify although they are too weak to sign, each with the time at which that ends. */
    public List<String> weakKeys() {
        List<String> weak = new ArrayList<>();
        for (KeyEntry entry : entries) {
            if (entry.weakUntil() != null) {
                weak.add(entry + " until " + entry.weakUntil());
            }
        }
        return weak;
    }

    /**
     * The key that signs: the active one, or the only one. In a ring of several keys, what the active one says of itself
     * goes before what is wanted, since the next may be of another algorithm and has another key id.
     *
     * @param wanted the algorithm it must sign with; null takes what the key itself says, or else HS256
     * @param kid the key id it must have, or gets where the text gives none; null derives the RFC 7638 thumbprint for
     *     an asymmetric key and leaves a secret without
     * @throws InvalidKeyMaterialException if there is no such key, or it does not fit the algorithm or key id
     */
    public SigningKey signingKey(@Nullable Algorithm wanted, @Nullable String kid) {
        KeyEntry entry = signingEntry();
        Key key = entry.signing();
        if (key == null) {
            throw new InvalidKeyMaterialException("is a public key; signing needs the private key");
        }
        boolean isRing = isRing();
        SigningKey signing = new SigningKey(
                signingKid(entry, isRing && entry.kid() != null ? null : kid),
                signingAlgorithm(entry, isRing && entry.declared() != null ? null : wanted),
                key);
        if (entry.verifying() != null && !signing.isVerifiedBy(entry.verifying())) {
            throw new InvalidKeyMaterialException("has a private and a public half that do not belong together");
        }
        return signing;
    }

    private KeyEntry signingEntry() {
        return entries.stream()
                .filter(entry -> entry.status() == KeyStatus.ACTIVE || entries.size() == 1)
                .findFirst()
                .orElseThrow(() -> new InvalidKeyMaterialException("holds " + entries.size()
                        + " keys and none with \"status\": \"active\", so that none may sign"));
    }

    private static Algorithm signingAlgorithm(KeyEntry entry, @Nullable Algorithm wanted) {
        Algorithm declared = entry.declared();
        if (wanted != null && declared != null && wanted != declared) {
            throw new InvalidKeyMaterialException(entry + " is for " + declared + ", not for " + wanted);
        }
        if (wanted == null && declared == null && entry.isPrivate()) {
            throw new InvalidKeyMaterialException(
                    "is a private key, which HS256, the default, cannot sign with. Set PLUGIN_JWT_ALGORITHM, such as "
                            + KeyFit.usual(Objects.requireNonNull(entry.signing()))
                                    .map(Algorithm::name)
                                    .orElse("RS256"));
        }
        return Stream.of(wanted, declared)
                .filter(algorithm -> algorithm != null)
                .findFirst()
                .orElse(Algorithm.HS256);
    }

    private static @Nullable String signingKid(KeyEntry entry, @Nullable String wanted) {
        if (wanted != null && entry.kid() != null && !wanted.equals(entry.kid())) {
            throw new InvalidKeyMaterialException("its active key has the kid " + entry.kid() + ", not " + wanted);
        }
        if (wanted != null) {
            return wanted;
        }
        if (entry.kid() == null && entry.isPrivate() && entry.verifying() == null) {
            throw new InvalidKeyMaterialException(
                    "the key id of an EC private key in PEM without its public half cannot be derived. Set PLUGIN_JWT_KID, or"
                            + " add that half: openssl ec -in key.pem -out whole.pem");
        }
        return entry.kid() != null
                ? entry.kid()
                : KeyId.thumbprint(entry.verifying()).orElse(null);
    }

    /**
     * What a verifier may use: the public halves and secrets, each tied to one algorithm.
     *
     * <p>A key's algorithm is the one that it declares, else the only one of the allow-list that fits it, else, where
     * there is no allow-list, the usual one of its kind: HS256, RS256, the ES algorithm of its curve, or EdDSA. Of a ring of
     * several keys, those that declare an algorithm that is not allowed are left out.
     *
     * @param allowed the allow-list; empty means what the keys say
     * @param kid the key id for a single key that has none; null leaves it without, so that it stands for every token
     * @throws InvalidKeyMaterialException if a key does not end up with exactly one algorithm that fits it
     */
    public KeySet keySet(Collection<Algorithm> allowed, @Nullable String kid) {
        List<KeyEntry> usable = entries;
        if (isRing() && !allowed.isEmpty()) {
            usable = entries.stream()
                    .filter(entry -> entry.declared() == null || allowed.contains(entry.declared()))
                    .toList();
        }
        if (usable.isEmpty()) {
            throw new InvalidKeyMaterialException("holds no key for any of the allowed " + allowed);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (KeyEntry entry : usable) {
            Key key = known(entry);
            keys.add(entry.verificationKey(verifyingKid(entry, kid), entry.verifyingAlgorithm(allowed), key));
        }
        return new KeySet(keys);
    }

    /**
     * The same where a token may choose among the allowed algorithms that fit a key which declares none, and that it is long
     * enough for.
     *
     * @throws InvalidKeyMaterialException if no allowed algorithm fits a key
     */
    public KeySet keySetForEach(Collection<Algorithm> allowed, @Nullable String kid) {
        boolean choose = false;
        for (KeyEntry entry : entries) {
            choose |= entry.declared() == null;
        }
        if (!choose) {
            return keySet(allowed, kid);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (KeyEntry entry : entries) {
            if (entry.declared() == null || allowed.contains(entry.declared())) {
                for (Algorithm algorithm : entry.verifyingAlgorithms(allowed)) {
                    keys.add(entry.verificationKey(verifyingKid(entry, kid), algorithm, known(entry)));
                }
            }
        }
        return new KeySet(keys);
    }

    /**
     * What a verifier may use beside a signer whose algorithm it knows: of a ring of several keys all, each by its own
     * algorithm; else as {@link #keySet} with the signer's algorithm alone allowed.
     *
     * @param ofSigner the algorithm of keys that declare none and are of its kind; null for the usual one of their kind
     */
    public KeySet keySetBeside(@Nullable Algorithm ofSigner, @Nullable String kid) {
        if (isRing()) {
            entries.forEach(KeyRing::known);
            return ownKeys(ofSigner, kid);
        }
        return keySet(ofSigner == null ? List.of() : List.of(ofSigner), kid);
    }

    private static Key known(KeyEntry entry) {
        Key key = entry.verifying();
        if (key == null) {
            throw new InvalidKeyMaterialException("is an EC private key in PEM without its public half."
                    + " Use the public key, or add it: openssl ec -in key.pem -out whole.pem");
        }
        return key;
    }

    /**
     * What tokens that keys of this ring signed are recognised by: each key under an algorithm of its own, so that a ring
     * may hold keys of several kinds. A private key whose public half is not known is left out.
     *
     * @param wanted the algorithm of keys that declare none and are of its kind; null for the usual one of their kind
     * @param kid the key id for a single key that has none; null leaves it without
     * @throws InvalidKeyMaterialException if a key is of no supported kind, or a single key has another key id
     */
    public KeySet ownKeys(@Nullable Algorithm wanted, @Nullable String kid) {
        List<VerificationKey> keys = new ArrayList<>();
        for (KeyEntry entry : entries) {
            Key key = entry.verifying();
            if (key != null) {
                keys.add(entry.verificationKey(verifyingKid(entry, kid), ownAlgorithm(entry, key, wanted), key));
            }
        }
        return new KeySet(keys);
    }

    static Algorithm ownAlgorithm(KeyEntry entry, Key key, @Nullable Algorithm wanted) {
        return entry.declared() == null && wanted != null && KeyFit.isOfKind(key, wanted)
                ? wanted
                : entry.verifyingAlgorithm(List.of());
    }

    private @Nullable String verifyingKid(KeyEntry entry, @Nullable String wanted) {
        if (wanted == null || entries.size() > 1) {
            return entry.kid();
        }
        if (entry.kid() != null && !wanted.equals(entry.kid())) {
            throw new InvalidKeyMaterialException("its key has the kid " + entry.kid() + ", not " + wanted);
        }
        return wanted;
    }

    @Override
    public String toString() {
        return "key ring " + entries;
    }
}

package dev.latchkey.config;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the side that signs. With keys in KMS the one that signs is read apart from all others, so that none of them stops it.
 *
 * @param signing the key that signs
 * @param own what tokens of all its keys are recognised by, and what is published of them
 */
record SigningKeys(KeySource<SigningKey> signing, KeySource<KeySet> own) {

    /** Both as one reading gives them. */
    private record Read(SigningKey signing, KeySet own) {
        static Read of(KeyRing ring, @Nullable Algorithm algorithm, @Nullable String kid) {
            SigningKey signing = ring.signingKey(algorithm, kid);
            return new Read(signing, ring.ownKeys(algorithm, kid));
        }
    }

    /** Reads where they are; empty, and problems, where that is not clear. */
    static Optional<SigningKeys> read(SettingsReader reader, Secrets secrets) {
        Algorithm algorithm = reader.algorithm(Settings.ALGORITHM).orElse(null);
        String kid = reader.kid(Settings.KEY_ID).orElse(null);
        Optional<String> secret = reader.text(Settings.SECRET);
        Optional<String> secretId = reader.secretId(Settings.SECRET_ID);
        KmsKeys kms = KmsKeys.read(reader, secrets);
        List<String> given = Stream.of(Settings.SECRET, Settings.SECRET_ID, Settings.KMS_KEY_ID)
                .filter(setting -> reader.text(setting).isPresent())
                .map(Setting::name)
                .toList();
        if (given.isEmpty() || (given.size() > 1 && secret.isPresent())) {
            reader.problem(
                    Settings.SECRET,
                    given.isEmpty()
                            ? "is not set, nor is " + Settings.SECRET_ID + ", nor " + Settings.KMS_KEY_ID
                                    + ". Set one to the key to sign with; scripts/create-keys makes one"
                            : given.get(1) + " is set, too. Remove one, so that there is one key to sign with");
            return Optional.empty();
        }
        if (secret.isPresent()) {
            return reader.key(Settings.SECRET, () -> {
                Read ring = Read.of(KeyRing.read(secret.get()), algorithm, kid);
                return new SigningKeys(KeySource.fixed(ring.signing()), KeySource.fixed(ring.own()));
            });
        }
        SecretsExtension extension = SecretsExtension.read(reader).orElse(null);
        Optional<Supplier<KeyRing>> ring = secretId.map(id -> secrets.rings(extension, id));
        boolean kmsSigns = reader.isUsual(Settings.ACTIVE_KEY);
        if (!kms.isEmpty() && !kmsSigns && ring.isEmpty()) {
            reader.problem(
                    Settings.ACTIVE_KEY,
                    "is secret, and no secret is named. Set " + Settings.SECRET_ID + ", or remove it");
            return Optional.empty();
        }
        if (kms.isEmpty()) {
            KeySource<Read> keys =
                    secrets.keys(() -> Read.of(ring.orElseThrow().get(), algorithm, kid), RefreshPolicy.FOR_SIGNING);
            return Optional.of(new SigningKeys(keys.map(Read::signing), keys.map(Read::own)));
        }
        Supplier<SigningKey> signing = kmsSigns
                ? kms::signing
                : () -> published(ring.orElseThrow().get().signingKey(algorithm, kid));
        Supplier<KeySet> own = () -> withAny(ring.map(before -> before.get().ownKeys(algorithm, kid))
                .orElse(KeySet.none())
                .with(kms.published(kmsSigns)));
        return Optional.of(new SigningKeys(
                secrets.keys(signing, RefreshPolicy.FOR_SIGNING), secrets.keys(own, RefreshPolicy.FOR_SIGNING)));
    }

    /** An empty set would take the place of good copies. */
    private static KeySet withAny(KeySet keys) {
        if (keys.keys().stream().allMatch(key -> key.algorithm().isSymmetric())) {
            throw new KeysUnavailableException("there is no key to publish", null);
        }
        return keys;
    }

    private static SigningKey published(SigningKey key) {
        if (key.algorithm().isSymmetric()) {
            throw new InvalidKeyMaterialException("the key that signs is a shared secret, which is never published, so"
                    + " that beside keys in KMS no door would know it. Rotate to RS256 or ES256 first");
        }
        return key;
    }
}

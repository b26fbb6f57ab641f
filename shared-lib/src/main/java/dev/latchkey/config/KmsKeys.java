package dev.latchkey.config;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyDeniedException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.ManagedKeyPair;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.keys.VerificationKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys in KMS that the settings name, in order, and what KMS told of each the last time. Thread-safe. */
final class KmsKeys {

    private static final int MOST = 10;
    private static final Pattern KEY = Pattern.compile("(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:)?"
            + "(alias/[A-Za-z0-9/_-]{1,250}|(key/)?(mrk-)?[0-9a-f-]{32,36})");

    private final List<String> ids;
    private final List<Algorithm> algorithms;
    private final Secrets secrets;
    private final Map<String, Supplier<ManagedKey>> told = new ConcurrentHashMap<>();

    private KmsKeys(List<String> ids, List<Algorithm> algorithms, Secrets secrets) {
        this.ids = ids;
        this.algorithms = algorithms;
        this.secrets = secrets;
    }

    /** Ids, ARNs and aliases of KMS keys (AWS KMS API reference, GetPublicKey, KeyId), and what they sign by. */
    static KmsKeys read(SettingsReader reader, Secrets secrets) {
        List<String> ids = reader.list(Settings.KMS_KEY_ID);
        if (reader.text(Settings.KMS_KEY_ID).isPresent() && ids.isEmpty()) {
            reader.problem(Settings.KMS_KEY_ID, "names no key. Name one, or remove it");
        }
        if (ids.size() > MOST) {
            reader.problem(Settings.KMS_KEY_ID, "names more than " + MOST + " keys. Leave those out that sign nothing");
        }
        for (String id : ids) {
            if (!KEY.matcher(id).matches()) {
                reader.problem(
                        Settings.KMS_KEY_ID,
                        "\"" + SettingsReader.printable(id)
                                + "\" is no id, ARN or alias of a KMS key, such as alias/signing");
            }
        }
        return new KmsKeys(ids, algorithms(reader, ids.size()), secrets);
    }

    private static List<Algorithm> algorithms(SettingsReader reader, int keys) {
        List<Algorithm> algorithms = reader.algorithmsInOrder(Settings.KMS_ALGORITHM);
        if (algorithms.size() > 1 && algorithms.size() != keys) {
            reader.problem(
                    Settings.KMS_ALGORITHM,
                    "names " + algorithms.size() + " algorithms for " + keys + " keys. Name one for each key of "
                            + Settings.KMS_KEY_ID + ", in their order, or one for all");
        }
        for (Algorithm algorithm : algorithms) {
            if (algorithm.isSymmetric() || algorithm == Algorithm.EdDSA) {
                reader.problem(
                        Settings.KMS_ALGORITHM,
                        "KMS does not sign by " + algorithm
                                + ". Use RS256, ES256 or another of the RS, PS and ES algorithms");
            }
        }
        return algorithms;
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /**
     * The first, which signs.
     *
     * @throws InvalidKeyMaterialException if it cannot
     * @throws KeysUnavailableException if KMS does not tell, and has not before
     */
    SigningKey signing() {
        KeysUnavailableException failure = ask(ids.subList(0, 1));
        return pair(0, failure).signing();
    }

    /**
     * What checks signatures of all that can be used. One that will not come back is left out and told of, as it would end those
     * that are there.
     *
     * @param firstSigns whether the first signs, for this function or another one that may use it
     * @throws KeysUnavailableException if KMS does not tell of one, and has not before, or the first signs for others and not for this function
     */
    KeySet published(boolean firstSigns) {
        KeysUnavailableException failure = ask(ids);
        Map<String, VerificationKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            try {
                VerificationKey key = pair(i, failure).verifying();
                if (keys.putIfAbsent(key.kid().orElseThrow(), key) != null) {
                    throw new InvalidKeyMaterialException("the KMS key " + ids.get(i) + " is named twice");
                }
            } catch (InvalidKeyMaterialException unusable) {
                if (firstSigns && i == 0 && unusable instanceof KeyDeniedException) {
                    throw new KeysUnavailableException("the key that signs cannot be published", unusable);
                }
                secrets.listener().ended(Duration.ZERO, unusable);
            }
        }
        return new KeySet(keys.values());
    }

    /** Asks KMS for keys, one after the other, until it does not answer, which is told of. What it told before stays. */
    private @Nullable KeysUnavailableException ask(List<String> asked) {
        for (String id : asked) {
            try {
                ManagedKey key = secrets.sources().managedKey(id);
                told.put(id, () -> key);
            } catch (InvalidKeyMaterialException refusal) {
                told.put(id, () -> {
                    throw refusal;
                });
            } catch (KeysUnavailableException failure) {
                secrets.listener().ended(Duration.ZERO, failure);
                return failure;
            }
        }
        return null;
    }

    private ManagedKeyPair pair(int i, @Nullable KeysUnavailableException failure) {
        String id = ids.get(i);
        Supplier<ManagedKey> last = told.get(id);
        if (last == null) {
            throw new KeysUnavailableException("KMS does not tell of the key " + id, failure);
        }
        ManagedKey key = last.get();
        try {
            return ManagedKeyPair.of(key, algorithm(i, key));
        } catch (InvalidKeyMaterialException e) {
            throw new InvalidKeyMaterialException("the KMS key " + id + ": " + e.getMessage(), e);
        }
    }

    /** One algorithm for several keys is that of those which it fits. */
    private @Nullable Algorithm algorithm(int i, ManagedKey key) {
        if (algorithms.size() > 1) {
            return algorithms.get(i);
        }
        boolean isMeant = !algorithms.isEmpty() && (ids.size() == 1 || ManagedKeyPair.fits(key, algorithms.get(0)));
        return isMeant ? algorithms.get(0) : null;
    }
}

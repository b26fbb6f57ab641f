package dev.latchkey.config;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.ManagedKeyPair;
import dev.latchkey.keys.VerificationKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys in KMS that the settings name, in order. One thread reads at a time. */
final class KmsKeys {

    private static final int MOST = 10;
    private static final Pattern KEY = Pattern.compile("(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:)?"
            + "(alias/[A-Za-z0-9/_-]{1,250}|(key/)?(mrk-)?[0-9a-f-]{32,36})");

    private final List<String> ids;
    private final List<Algorithm> algorithms;
    private final Secrets secrets;
    private final Map<String, ManagedKey> known = new HashMap<>();

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
     * Those that can be used, at least one. The first signs; any other one that will not come back is left out and told of, as it would end those that
     * are there.
     *
     * @throws InvalidKeyMaterialException if the first cannot sign
     * @throws KeysUnavailableException if one is not told that was not known before
     */
    List<ManagedKeyPair> signing() {
        List<ManagedKeyPair> pairs = new ArrayList<>(List.of(open(0)));
        addUsable(pairs);
        return pairs;
    }

    /**
     * What checks signatures of those that can be used, while none of them signs.
     *
     * @throws KeysUnavailableException as {@link #signing}
     */
    KeySet published() {
        List<ManagedKeyPair> pairs = new ArrayList<>();
        addUsable(pairs);
        return verifying(pairs);
    }

    static KeySet verifying(List<ManagedKeyPair> pairs) {
        return new KeySet(pairs.stream().map(ManagedKeyPair::verifying).toList());
    }

    private void addUsable(List<ManagedKeyPair> pairs) {
        for (int i = pairs.size(); i < ids.size(); i++) {
            try {
                ManagedKeyPair pair = open(i);
                VerificationKey key = pair.verifying();
                if (pairs.stream().anyMatch(other -> other.verifying().kid().equals(key.kid()))) {
                    throw new InvalidKeyMaterialException(ids.get(i) + " names a key that is named before it, " + key);
                }
                pairs.add(pair);
            } catch (InvalidKeyMaterialException unusable) {
                secrets.listener().ended(Duration.ZERO, unusable);
            }
        }
    }

    private ManagedKeyPair open(int i) {
        String id = ids.get(i);
        ManagedKey key;
        try {
            key = secrets.sources().managedKey(id);
            known.put(id, key);
        } catch (KeysUnavailableException e) {
            key = known.get(id);
            if (key == null) {
                throw e;
            }
        }
        return ManagedKeyPair.of(key, algorithm(i, key));
    }

    /** One algorithm for all is the first key's, and that of others which it fits. */
    private @Nullable Algorithm algorithm(int i, ManagedKey key) {
        if (algorithms.size() > 1) {
            return algorithms.get(i);
        }
        boolean isMeant = !algorithms.isEmpty() && (i == 0 || ManagedKeyPair.fits(key, algorithms.get(0)));
        return isMeant ? algorithms.get(0) : null;
    }
}

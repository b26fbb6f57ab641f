package dev.latchkey.config;

import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.IdClaim;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyId;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.ManagedRing;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.StatusListBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the side that issues keys.
 *
 * @param keys the key that signs
 * @param claimNames the claims of the user id and company id
 * @param lifetime how long a new key is valid
 * @param issuer the {@code iss} of new keys; null leaves it out
 * @param audience the {@code aud} of new keys; empty leaves it out
 * @param ownKeys what keys that were issued here are recognised by
 * @param keysTable name or ARN of the DynamoDB table of keys; null where there is none
 * @param statusListBase where status lists are published; null where they are not
 * @param allowedScopes the scopes that a request may ask for
 * @param allowedPlans the plans that a request may ask for
 * @param maxLifetime the longest lifetime that a request may ask for
 * @param maxKeys how many keys a customer may have
 */
public record SigningSettings(
        KeySource<SigningKey> keys,
        KeySource<KeySet> ownKeys,
        ClaimNames claimNames,
        Duration lifetime,
        @Nullable String issuer,
        List<String> audience,
        @Nullable String keysTable,
        @Nullable StatusListBase statusListBase,
        Set<String> allowedScopes,
        Set<String> allowedPlans,
        Duration maxLifetime,
        int maxKeys) {

    private static final String WAIVED = "*";
    private static final String WAIVES =
            "* waives the check where keys are verified; new keys need a value or none. Name it, or remove it";
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,64}");
    private static final int MAX_KMS_KEYS = 10;
    private static final Pattern KMS_KEY = Pattern.compile("(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:)?"
            + "(alias/[A-Za-z0-9/_-]{1,250}|(key/)?(mrk-)?[0-9a-f-]{32,36})");
    private static final Pattern TABLE = Pattern.compile(
            "[A-Za-z0-9_.-]{3,255}|arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]{3,255}");

    /**
     * Reads the settings. A key in a variable is checked at once, a key in a secret when it is first needed.
     *
     * @throws SettingsException if they do not work
     */
    public static SigningSettings read(Map<String, String> environment, Secrets secrets) {
        SettingsReader reader = new SettingsReader(environment);
        ClaimNames names = claimNames(reader);
        Duration lifetime = lifetime(reader);
        Duration maxLifetime = reader.duration(Settings.MAX_EXPIRES_IN).orElse(lifetime);
        if (maxLifetime.compareTo(lifetime) < 0) {
            reader.problem(
                    Settings.MAX_EXPIRES_IN,
                    "is shorter than " + Settings.EXPIRES_IN + ". Set it to as long, or longer");
        }
        Optional<String> issuer = issuer(reader);
        List<String> audience = audience(reader);
        Optional<String> keysTable = keysTable(reader);
        Optional<StatusListBase> base = StatusSettings.base(reader).or(() -> issuer.flatMap(StatusSettings::ofIssuer));
        Set<String> scopes = words(reader, Settings.ALLOWED_SCOPES);
        Set<String> plans = words(reader, Settings.ALLOWED_PLANS);
        int maxKeys = reader.number(Settings.MAX_KEYS);
        Optional<Keys> keys = keys(reader, secrets);
        reader.throwIfAnyProblem();
        return new SigningSettings(
                keys.orElseThrow().signing(),
                keys.orElseThrow().own(),
                names,
                lifetime,
                issuer.orElse(null),
                audience,
                keysTable.orElse(null),
                base.orElse(null),
                scopes,
                plans,
                maxLifetime,
                maxKeys);
    }

    /** Where they come from: the key that signs, and what tokens of the ring's keys are recognised by. */
    record Keys(KeySource<SigningKey> signing, KeySource<KeySet> own) {}

    /** Both as one reading of a ring gives them. */
    private record RingKeys(SigningKey signing, KeySet own) {
        static RingKeys of(KeyRing ring, @Nullable Algorithm algorithm, @Nullable String kid) {
            SigningKey signing = ring.signingKey(algorithm, kid);
            return new RingKeys(signing, ring.ownKeys(algorithm, kid));
        }

        /** Keys that are kept elsewhere sign; a secret beside them is the one that signed before. */
        static RingKeys managed(
                List<ManagedKey> keys,
                @Nullable Supplier<KeyRing> before,
                @Nullable Algorithm algorithm,
                @Nullable String kid) {
            ManagedRing ring = ManagedRing.of(keys, algorithm);
            KeySet own =
                    before == null ? ring.keys() : ring.keys().with(before.get().ownKeys(algorithm, kid));
            return new RingKeys(ring.signing(), own);
        }

        /** The secret signs; keys that are kept elsewhere are known already, since they will. */
        static RingKeys beforeManaged(
                KeyRing secret, List<ManagedKey> next, @Nullable Algorithm algorithm, @Nullable String kid) {
            RingKeys keys = of(secret, algorithm, kid);
            if (keys.signing().algorithm().isSymmetric()) {
                throw new InvalidKeyMaterialException(
                        "the key that signs is a shared secret, which is never published, so"
                                + " that beside keys in KMS no door would know it. Rotate to RS256 or ES256 first");
            }
            return new RingKeys(keys.signing(), keys.own().with(ManagedRing.published(next, algorithm)));
        }
    }

    /** A key that does not sign and is gone for good is left out and told of, as it would end those that are there. */
    private static List<ManagedKey> opened(Secrets secrets, List<String> ids, boolean isFirstNeeded) {
        List<ManagedKey> keys = new ArrayList<>();
        for (String id : ids) {
            try {
                keys.add(secrets.sources().managedKey(id));
            } catch (InvalidKeyMaterialException gone) {
                if (isFirstNeeded && keys.isEmpty()) {
                    throw gone;
                }
                secrets.listener().ended(Duration.ZERO, gone);
            }
        }
        return keys;
    }

    /** Scope tokens (RFC 6749 section 3.3), or names of plans of the same form. */
    private static Set<String> words(SettingsReader reader, Setting setting) {
        Set<String> words = new LinkedHashSet<>(reader.list(setting));
        if (!words.stream().allMatch(word -> WORD.matcher(word).matches())) {
            reader.problem(
                    setting, "needs words of 1 to 64 printable ASCII characters without spaces, separated by commas");
        }
        return words;
    }

    static Optional<Keys> keys(SettingsReader reader, Secrets secrets) {
        Algorithm algorithm = reader.algorithm(Settings.ALGORITHM).orElse(null);
        String kid = reader.kid(Settings.KEY_ID).orElse(null);
        Optional<String> secret = reader.text(Settings.SECRET);
        Optional<String> secretId = reader.secretId(Settings.SECRET_ID);
        List<String> kmsKeys = kmsKeys(reader);
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
        boolean secretSigns = kmsKeys.isEmpty() || !reader.isUsual(Settings.ACTIVE_KEY);
        if (!kmsKeys.isEmpty()) {
            checkManaged(reader, algorithm, secretSigns);
        }
        if (secret.isEmpty()) {
            SecretsExtension extension = SecretsExtension.read(reader).orElse(null);
            Supplier<KeyRing> ring =
                    secretId.map(id -> secrets.rings(extension, id)).orElse(null);
            KeySource<RingKeys> keys = secrets.keys(
                    () -> {
                        List<ManagedKey> managed = opened(secrets, kmsKeys, !secretSigns);
                        if (!secretSigns) {
                            return RingKeys.managed(managed, ring, algorithm, kid);
                        }
                        KeyRing read = Objects.requireNonNull(ring).get();
                        return managed.isEmpty()
                                ? RingKeys.of(read, algorithm, kid)
                                : RingKeys.beforeManaged(read, managed, algorithm, kid);
                    },
                    RefreshPolicy.FOR_SIGNING);
            return Optional.of(new Keys(keys.map(RingKeys::signing), keys.map(RingKeys::own)));
        }
        return reader.key(Settings.SECRET, () -> {
            RingKeys ring = RingKeys.of(KeyRing.read(secret.get()), algorithm, kid);
            return new Keys(KeySource.fixed(ring.signing()), KeySource.fixed(ring.own()));
        });
    }

    private static void checkManaged(SettingsReader reader, @Nullable Algorithm algorithm, boolean secretSigns) {
        if (secretSigns && reader.text(Settings.SECRET_ID).isEmpty()) {
            reader.problem(
                    Settings.ACTIVE_KEY,
                    "is secret, and no secret is named. Set " + Settings.SECRET_ID + ", or remove it");
        }
        if (algorithm != null && (algorithm.isSymmetric() || (algorithm == Algorithm.EdDSA && !secretSigns))) {
            reader.problem(
                    Settings.ALGORITHM,
                    "KMS does not sign by " + algorithm
                            + ". Use RS256, ES256 or another of the RS, PS and ES algorithms");
        }
    }

    /** Ids, ARNs and aliases of KMS keys (AWS KMS API reference, GetPublicKey, KeyId). */
    private static List<String> kmsKeys(SettingsReader reader) {
        List<String> ids = reader.list(Settings.KMS_KEY_ID);
        if (reader.text(Settings.KMS_KEY_ID).isPresent() && ids.isEmpty()) {
            reader.problem(Settings.KMS_KEY_ID, "names no key. Name one, or remove it");
        }
        if (ids.size() > MAX_KMS_KEYS) {
            reader.problem(
                    Settings.KMS_KEY_ID,
                    "names more than " + MAX_KMS_KEYS + " keys. Leave those out that sign nothing");
        }
        for (String id : ids) {
            if (!KMS_KEY.matcher(id).matches()) {
                reader.problem(
                        Settings.KMS_KEY_ID,
                        "\"" + SettingsReader.printable(id)
                                + "\" is no id, ARN or alias of a KMS key, such as alias/signing");
            }
        }
        return ids;
    }

    /** One issuer that verifiers can require: they list theirs by commas, and cap the claim's length. */
    static Optional<String> issuer(SettingsReader reader) {
        Optional<String> issuer = reader.text(Settings.ISSUER);
        issuer.filter(WAIVED::equals).ifPresent(any -> reader.problem(Settings.ISSUER, WAIVES));
        if (issuer.isPresent() && (!KeyId.isUsable(issuer.get()) || issuer.get().indexOf(',') >= 0)) {
            reader.problem(
                    Settings.ISSUER,
                    "needs one value of at most 256 characters, without commas and control characters");
        }
        return issuer;
    }

    private static List<String> audience(SettingsReader reader) {
        List<String> audience = reader.list(Settings.AUDIENCE);
        if (audience.contains(WAIVED)) {
            reader.problem(Settings.AUDIENCE, WAIVES);
        }
        return audience;
    }

    /** A table's name or ARN (Amazon DynamoDB API reference, PutItem). */
    static Optional<String> keysTable(SettingsReader reader) {
        Optional<String> table = reader.text(Settings.KEYS_TABLE);
        if (table.isPresent() && !TABLE.matcher(table.get()).matches()) {
            reader.problem(
                    Settings.KEYS_TABLE,
                    "is neither the name nor the ARN of a DynamoDB table, got \""
                            + SettingsReader.printable(table.get()) + "\"");
        }
        return table;
    }

    /** The longest lifetime that a new key may have; empty where no setting tells it. */
    static Optional<Duration> longestLifetime(SettingsReader reader) {
        return reader.duration(
                reader.text(Settings.MAX_EXPIRES_IN).isPresent() ? Settings.MAX_EXPIRES_IN : Settings.EXPIRES_IN);
    }

    private static Duration lifetime(SettingsReader reader) {
        if (reader.text(Settings.EXPIRES_IN).isEmpty()) {
            reader.problem(Settings.EXPIRES_IN, "is not set. Set how long a key is valid, such as 30d");
        }
        return reader.duration(Settings.EXPIRES_IN).orElse(Duration.ZERO);
    }

    static ClaimNames claimNames(SettingsReader reader) {
        return new ClaimNames(claimName(reader, Settings.USER_ID_FIELD), claimName(reader, Settings.COMPANY_ID_FIELD));
    }

    /** New keys carry the first claim that the setting lists, which must be one of the claims themselves. */
    private static String claimName(SettingsReader reader, Setting setting) {
        Optional<IdClaim> id = ClaimSettings.id(reader, setting, List.of(setting.usual()));
        Optional<String> name =
                id.flatMap(claim -> claim.claims().stream().findFirst()).flatMap(ClaimPath::topName);
        if (name.isPresent() && ClaimNames.isUsable(name.get())) {
            return name.get();
        }
        if (id.isPresent()) {
            reader.problem(
                    setting,
                    name.isPresent()
                            ? "the claim \"" + SettingsReader.printable(name.get())
                                    + "\" has a meaning of its own (RFC 7519)"
                            : "needs the name of a claim first, which new keys get, and no path into one");
        }
        return setting.usual();
    }
}

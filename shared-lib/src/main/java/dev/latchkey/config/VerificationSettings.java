package dev.latchkey.config;

import dev.latchkey.jwt.ByIssuer;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.jwt.VerifiedTokens;
import dev.latchkey.jwt.Verifier;
import dev.latchkey.jwt.VerifierByIssuer;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.CopiedKeySet;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyFetchListener;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.status.StatusCheck;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusOrigin;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the side that checks keys.
 *
 * @param keys what signatures are checked with, of tokens whose issuer is not among the several
 * @param keysAtStart whether these are worth fetching before the first call: not those of a variable, which are here, nor
 *     those by the Secrets extension, which is not ready then
 * @param rules what must hold besides
 * @param issuers the issuers that have keys of their own
 * @param statuses where the status of keys stands
 * @param presets what presets of identity providers have set
 */
public record VerificationSettings(
        KeySource<KeySet> keys,
        boolean keysAtStart,
        VerificationRules rules,
        List<IssuerSettings> issuers,
        StatusSettings statuses,
        List<Preset> presets) {

    private record Keys(KeySource<KeySet> source, boolean atStart) {}

    /** Stands for the keys where the several issuers stand alone. */
    private static final KeySource<KeySet> NO_KEYS = KeySource.fixed(KeySet.none());

    /**
     * Reads the settings and ends the reading. A key in a variable is checked at once, a key in a secret or at an
     * address when it is first needed.
     *
     * @throws SettingsException if they, or settings read before, do not work
     */
    public static VerificationSettings read(SettingsReader reader, Secrets secrets) {
        List<Preset> presets = new ArrayList<>();
        Optional<Preset> preset = Preset.fillIn(reader);
        if (preset.isPresent()) {
            presets.add(preset.get());
        }
        VerificationRules rules = RuleSettings.read(reader);
        Optional<String> several = reader.text(Settings.ISSUERS);
        List<IssuerSettings> issuers =
                several.isEmpty() ? List.of() : new IssuersReader(reader, secrets, presets).read(several.get());
        Optional<Keys> keys = keys(reader, secrets, several.isPresent());
        for (IssuerSettings issuer : issuers) {
            if (issuer.issuers().stream().anyMatch(rules.issuer().values()::contains)) {
                reader.problem(Settings.ISSUERS, "names an issuer that JWT_ISSUER names, too. Remove either");
            }
        }
        StatusSettings statuses = StatusSettings.read(reader, rules.issuer());
        reader.throwIfAnyProblem();
        Keys base = keys.orElseThrow();
        return new VerificationSettings(base.source(), base.atStart(), rules, issuers, statuses, List.copyOf(presets));
    }

    /** The verifier of these settings, at this clock's time. */
    public Verifier verifier(Clock clock) {
        VerifiedTokens verified = new VerifiedTokens();
        TokenVerifier base = new TokenVerifier(keys, rules, clock, verified);
        if (issuers.isEmpty()) {
            return base;
        }
        Map<String, TokenVerifier> byIssuer = new LinkedHashMap<>();
        for (IssuerSettings one : issuers) {
            TokenVerifier verifier = new TokenVerifier(one.keys(), one.rules(), clock, verified);
            one.issuers().forEach(issuer -> byIssuer.put(issuer, verifier));
        }
        return new VerifierByIssuer(byIssuer, keys == NO_KEYS ? null : base);
    }

    /** Tells whether the status of a key needs no look: it names none, none is required and none is cut off. */
    public boolean isWithoutStatus(VerifiedToken token) {
        return token.status() == null && !statuses.isRequired() && statuses.base() == null;
    }

    /**
     * The check of keys' statuses, at this clock's time.
     *
     * @param listener is told of every fetch of a list, with the age of the list at hand
     */
    public StatusCheck statusCheck(Clock clock, KeyFetchListener listener) {
        Map<String, StatusOrigin> byIssuer = new LinkedHashMap<>();
        for (IssuerSettings one : issuers) {
            for (String issuer : one.issuers()) {
                Optional<StatusListBase> base =
                        Optional.ofNullable(one.statusListBase()).or(() -> StatusSettings.ofIssuer(issuer));
                byIssuer.put(issuer, new StatusOrigin(base.stream().toList(), one.keys()));
            }
        }
        return new StatusCheck(
                keys == NO_KEYS ? null : new StatusOrigin(statuses.bases(), keys),
                new ByIssuer<>(byIssuer),
                statuses.base(),
                statuses.isRequired(),
                statuses.maxAge(),
                clock,
                listener);
    }

    /** Where keys come from that are worth fetching before the first call. */
    public List<KeySource<KeySet>> sourcesAtStart() {
        List<KeySource<KeySet>> sources = new ArrayList<>();
        if (keysAtStart) {
            sources.add(keys);
        }
        for (IssuerSettings one : issuers) {
            sources.add(one.keys());
        }
        return sources;
    }

    private static Optional<Keys> keys(SettingsReader reader, Secrets secrets, boolean besideIssuers) {
        Set<Algorithm> allowed = reader.algorithms(Settings.ALGORITHMS);
        String kid = reader.kid(Settings.KEY_ID).orElse(null);
        Optional<String> verifyKey = reader.text(Settings.VERIFY_KEY);
        Optional<String> secretId = reader.secretId(Settings.SECRET_ID);
        Optional<String> jwksUri = reader.text(Settings.JWKS_URI);
        List<String> sources = new ArrayList<>();
        addIfSet(verifyKey, Settings.VERIFY_KEY, sources);
        addIfSet(secretId, Settings.SECRET_ID, sources);
        addIfSet(jwksUri, Settings.JWKS_URI, sources);
        if (sources.isEmpty() && besideIssuers) {
            Stream.of(Settings.ISSUER, Settings.AUDIENCE, Settings.ALGORITHMS, Settings.KEY_ID)
                    .filter(name -> reader.text(name).isPresent())
                    .forEach(name -> reader.problem(
                            name, "means nothing where " + Settings.ISSUERS + " stands alone. Remove it"));
            return Optional.of(new Keys(NO_KEYS, false));
        }
        if (sources.size() != 1) {
            reader.problem(
                    Settings.VERIFY_KEY,
                    sources.isEmpty()
                            ? "is not set, nor is " + Settings.SECRET_ID + ", nor " + Settings.JWKS_URI + ", nor "
                                    + Settings.ISSUERS
                                    + ". Set one: the HS256 secret or a public key, its secret, or whose JWK Set"
                            : "there is more than one source of keys: " + String.join(", ", sources)
                                    + ". Remove all but one");
            return Optional.empty();
        }
        if (secretId.isPresent()) {
            SecretsExtension extension = SecretsExtension.read(reader).orElse(null);
            Algorithm ofSigner = reader.algorithm(Settings.ALGORITHM).orElse(null);
            KeySource<KeySet> source = secrets.keys(
                    extension,
                    secretId.get(),
                    RefreshPolicy.FOR_SECRETS,
                    ring -> allowed.isEmpty() ? ring.keySetBeside(ofSigner, kid) : ring.keySetForEach(allowed, kid));
            return Optional.of(new Keys(source, extension == null));
        }
        if (jwksUri.isPresent()) {
            Optional<KeySource<KeySet>> remote = remoteKeys(reader, jwksUri.get(), allowed, kid, secrets);
            return remote.map(source -> new Keys(source, true));
        }
        try {
            return Optional.of(new Keys(
                    KeySource.fixed(keysIn(verifyKey.orElseThrow(), allowed, kid, secrets, isPreset(reader))), false));
        } catch (InvalidKeyMaterialException e) {
            reader.problem(Settings.VERIFY_KEY, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean isPreset(SettingsReader reader) {
        return reader.text(Settings.PRESET).isPresent();
    }

    /**
     * The keys of a text of the settings.
     *
     * @param besidePreset whether they stand in place of an identity provider's, which signs with no secret that others know
     * @throws InvalidKeyMaterialException if there are none that may be used so
     */
    private static KeySet keysIn(
            String text, Set<Algorithm> allowed, @Nullable String kid, Secrets secrets, boolean besidePreset) {
        Optional<KeySet> copied = kid == null
                ? CopiedKeySet.read(text, allowed, Settings.VERIFY_KEY.name(), secrets.listener())
                : Optional.empty();
        if (copied.isPresent()) {
            return copied.get();
        }
        KeyRing ring = publicRing(text);
        KeySet keys = ring.keySet(allowed, kid);
        if (besidePreset) {
            checkNoSecret(keys);
        }
        if (!ring.weakKeys().isEmpty()) {
            secrets.listener().weak(ring.weakKeys());
        }
        return keys;
    }

    private static void addIfSet(Optional<String> value, Setting setting, List<String> names) {
        if (value.isPresent()) {
            names.add(setting.name());
        }
    }

    private static Optional<KeySource<KeySet>> remoteKeys(
            SettingsReader reader, String uri, Set<Algorithm> allowed, @Nullable String kid, Secrets secrets) {
        if (kid != null) {
            reader.problem(
                    Settings.KEY_ID,
                    "means nothing beside " + Settings.JWKS_URI + ", whose keys have their own. Remove it");
        }
        if (!allowed.isEmpty() && allowed.stream().allMatch(Algorithm::isSymmetric)) {
            reader.problem(
                    Settings.ALGORITHMS,
                    "allows secrets only, which are never taken from " + Settings.JWKS_URI
                            + ". Allow RS256 or another");
        }
        return reader.key(Settings.JWKS_URI, () -> RemoteKeys.at(uri, allowed, secrets.clock(), secrets.listener()));
    }

    /**
     * Checks keys in place of an identity provider's, which signs with no secret that others know.
     *
     * @throws InvalidKeyMaterialException if there is a secret among them
     */
    static void checkNoSecret(KeySet keys) {
        if (keys.keys().stream().anyMatch(key -> key.algorithm().isSymmetric())) {
            throw new InvalidKeyMaterialException(
                    "is a secret, which no preset's tokens are signed with. Remove it, or set a public key");
        }
    }

    /**
     * The keys of a text that may check signatures.
     *
     * @throws InvalidKeyMaterialException if it holds a private key, or none that can be read
     */
    static KeyRing publicRing(String text) {
        KeyRing ring = KeyRing.read(text);
        if (ring.holdsPrivateKeys()) {
            throw new InvalidKeyMaterialException("holds a private key, which the authorizer does not need and must"
                    + " not have. Set it to the public key: openssl pkey -in key.pem -pubout");
        }
        return ring;
    }
}

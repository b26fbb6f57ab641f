package dev.latchkey.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.CopiedKeySet;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.status.StatusListBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the setting that lists several issuers in JSON, and collects its problems. */
final class IssuersReader {

    private static final Setting SETTING = Settings.ISSUERS;

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 4);
    private static final int MAX_ISSUERS = 50;

    private final SettingsReader reader;
    private final Secrets secrets;
    private final SettingsReader written;
    private final VerificationRules others;
    private final List<Preset> presets;
    private final Set<String> issuers = new HashSet<>();

    /**
     * Reads entries, for which the operator's own rules hold as far as they say nothing else.
     *
     * @param presets gets what presets have set
     */
    IssuersReader(SettingsReader reader, Secrets secrets, List<Preset> presets) {
        this.presets = presets;
        this.reader = reader;
        this.secrets = secrets;
        this.written = reader.asWritten();
        this.others = RuleSettings.read(written);
    }

    /** The issuers that the text lists. What does not work is a problem, and left out. */
    List<IssuerSettings> read(String text) {
        JsonValue json;
        try {
            json = JsonReader.read(text.getBytes(UTF_8), LIMITS);
        } catch (JsonSyntaxException e) {
            reader.problem(SETTING, "is not a JSON array: " + e.getMessage());
            return List.of();
        }
        if (!(json instanceof JsonArray array)
                || array.elements().isEmpty()
                || array.elements().size() > MAX_ISSUERS) {
            reader.problem(
                    SETTING,
                    "needs a JSON array of 1 to " + MAX_ISSUERS
                            + " issuers, such as [{\"issuer\":\"https://a.example\",\"audience\":[\"orders\"]}]");
            return List.of();
        }
        List<IssuerSettings> read = new ArrayList<>();
        for (int i = 0; i < array.elements().size(); i++) {
            entry(array.elements().get(i), "entry " + (i + 1) + " ").ifPresent(read::add);
        }
        return read;
    }

    private Optional<IssuerSettings> entry(JsonValue json, String place) {
        if (!(json instanceof JsonObject object)) {
            reader.problem(SETTING, place + "is not a JSON object");
            return Optional.empty();
        }
        IssuerEntry bare = new IssuerEntry(object, place, reader);
        bare.checkMembers();
        Optional<IssuerEntry> filled = bare.filledIn(written, presets);
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        IssuerEntry entry = filled.get();
        List<String> named = entry.issuers();
        for (String issuer : named) {
            if (!issuers.add(issuer)) {
                entry.problem("names an issuer that an earlier entry names, too. Remove either");
            }
        }
        Optional<VerificationRules> rules = entry.rules(named, others);
        Optional<KeySource<KeySet>> keys = keys(entry, named);
        @Nullable StatusListBase base = entry.statusListBase();
        return !named.isEmpty() && rules.isPresent() && keys.isPresent()
                ? Optional.of(new IssuerSettings(named, rules.get(), keys.get(), base))
                : Optional.empty();
    }

    private Optional<KeySource<KeySet>> keys(IssuerEntry entry, List<String> named) {
        Optional<Set<Algorithm>> algorithms = entry.algorithms();
        Optional<String> jwksUri = entry.text("jwks_uri");
        Optional<String> verifyKey = entry.text("verify_key");
        if (entry.has("jwks_uri") && entry.has("verify_key")) {
            entry.problem("has both jwks_uri and verify_key. Remove either");
            return Optional.empty();
        }
        if (algorithms.isEmpty()) {
            return Optional.empty();
        }
        Set<Algorithm> allowed = algorithms.get();
        if (verifyKey.isPresent()) {
            return key(entry, "verify_key ", () -> {
                Optional<KeySet> copied = CopiedKeySet.read(
                        verifyKey.get(), allowed, named.isEmpty() ? "verify_key" : named.get(0), secrets.listener());
                if (copied.isPresent()) {
                    return KeySource.fixed(copied.get());
                }
                KeySet set = VerificationSettings.publicRing(verifyKey.get()).keySet(allowed, null);
                if (entry.has("preset")) {
                    VerificationSettings.checkNoSecret(set);
                }
                return KeySource.fixed(set);
            });
        }
        if (!allowed.isEmpty() && allowed.stream().allMatch(Algorithm::isSymmetric)) {
            entry.problem("allows secrets only, which are never taken from the network. Allow RS256 or another");
            return Optional.empty();
        }
        if (jwksUri.isPresent()) {
            return key(
                    entry,
                    "jwks_uri ",
                    () -> RemoteKeys.at(jwksUri.get(), allowed, secrets.clock(), secrets.listener()));
        }
        if (entry.has("jwks_uri") || entry.has("verify_key") || named.isEmpty()) {
            return Optional.empty();
        }
        String issuer = named.get(0);
        if (issuer.indexOf('{') >= 0 || named.size() > 1) {
            entry.problem("has neither jwks_uri nor verify_key, and no one issuer that tells where its keys are."
                    + " Add jwks_uri");
            return Optional.empty();
        }
        return key(
                entry,
                "has neither jwks_uri nor verify_key, and its issuer ",
                () -> RemoteKeys.discovered(issuer, allowed, secrets.clock(), secrets.listener()));
    }

    private static Optional<KeySource<KeySet>> key(
            IssuerEntry entry, String what, Supplier<KeySource<KeySet>> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidKeyMaterialException | UnusableAddressException e) {
            entry.problem(what + e.getMessage());
            return Optional.empty();
        }
    }
}

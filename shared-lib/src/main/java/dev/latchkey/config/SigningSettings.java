package dev.latchkey.config;

import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.IdClaim;
import dev.latchkey.keys.KeyId;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.StatusListBase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
        Optional<SigningKeys> keys = SigningKeys.read(reader, secrets);
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

    /** Scope tokens (RFC 6749 section 3.3), or names of plans of the same form. */
    private static Set<String> words(SettingsReader reader, Setting setting) {
        Set<String> words = new LinkedHashSet<>(reader.list(setting));
        if (!words.stream().allMatch(word -> WORD.matcher(word).matches())) {
            reader.problem(
                    setting, "needs words of 1 to 64 printable ASCII characters without spaces, separated by commas");
        }
        return words;
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

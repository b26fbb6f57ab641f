package dev.latchkey.local.stack;

import dev.latchkey.config.Settings;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.SetupException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of both functions: those in the environment, and a throw-away key ring where they name no key. The
 * template's table is left out unless the environment says where its DynamoDB is.
 *
 * @param algorithm what keys are signed with, as the template's parameter has it
 * @param isThrowAway whether the key ring was made for this run
 * @param issueKey variables of the issue-key function
 * @param authorizer variables of the authorizer
 */
public record KeySettings(
        Algorithm algorithm, boolean isThrowAway, Map<String, String> issueKey, Map<String, String> authorizer) {

    private static final String PREFIX = "PLUGIN_";
    private static final String SECRET = Settings.SECRET.prefixed();
    private static final String SECRET_ID = Settings.SECRET_ID.prefixed();
    private static final String KEYS_TABLE = Settings.KEYS_TABLE.prefixed();
    private static final String VERIFY_KEY = Settings.VERIFY_KEY.plain();
    private static final String ALGORITHM = Settings.ALGORITHM.prefixed();

    /** The variable that says where DynamoDB is. */
    public static final String DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";

    /** Those of a new key ring, and nothing else. */
    public static KeySettings throwAway(Algorithm algorithm) {
        return of(Map.of(), algorithm);
    }

    /**
     * Those of a key ring in a secret, where it can be rotated.
     *
     * @param services where Secrets Manager is, and DynamoDB with the template's table
     */
    public static KeySettings inSecret(String secretId, Algorithm algorithm, URI services) {
        return of(
                Map.of(
                        SECRET_ID,
                        secretId,
                        ALGORITHM,
                        algorithm.name(),
                        DYNAMODB,
                        services.toString(),
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        services.toString()),
                null);
    }

    /**
     * Those in the environment, with a new key ring where they name no key to sign with.
     *
     * @param wanted the algorithm of the new key ring; null for RS256, or the environment's
     * @throws SetupException if they contradict each other or do not tell the key to check with
     */
    public static KeySettings of(Map<String, String> environment, @Nullable Algorithm wanted) {
        Map<String, String> ours = inBothSpellings(environment);
        Optional<String> secret = value(ours, SECRET);
        boolean isGiven = secret.isPresent() || value(ours, SECRET_ID).isPresent();
        if (!isGiven && ours.containsKey(SECRET)) {
            throw new SetupException(
                    SECRET + " is set and empty. Set it to the key to sign with, or unset it for a throw-away one");
        }
        Algorithm algorithm = algorithm(ours, secret, isGiven, wanted);
        Map<String, String> issueKey = new LinkedHashMap<>(ours);
        Map<String, String> authorizer = new LinkedHashMap<>(ours);
        if (!hasDynamoDb(ours) && value(ours, KEYS_TABLE).isEmpty()) {
            put(issueKey, KEYS_TABLE, "");
        }
        if (!isGiven) {
            NewKeyRing ring = NewKeyRing.of(algorithm);
            put(issueKey, SECRET, ring.secretText());
            put(issueKey, SECRET_ID, "");
            put(authorizer, SECRET_ID, "");
            authorizer.put(VERIFY_KEY, ring.verifyingText());
        } else if (secret.isPresent()) {
            put(issueKey, SECRET_ID, "");
            put(authorizer, SECRET_ID, "");
            authorizer.computeIfAbsent(VERIFY_KEY, unset -> verifyingText(secret.get()));
        }
        return new KeySettings(algorithm, !isGiven, issueKey, authorizer);
    }

    /** The variables that are settings, each in both of its spellings, since the template may set either. */
    private static Map<String, String> inBothSpellings(Map<String, String> environment) {
        Map<String, String> ours = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (isOurs(name)) {
                ours.put(name, value);
            }
        });
        Map<String, String> all = new LinkedHashMap<>(ours);
        ours.forEach((name, value) -> {
            if (name.matches("(PLUGIN_)?(JWT|JWKS|APIM)_.*")) {
                all.putIfAbsent(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : PREFIX + name, value);
            }
        });
        return all;
    }

    /** Settings, misspelt ones so that functions refuse them, a plugin's own, and where AWS's services are. */
    private static boolean isOurs(String name) {
        return name.startsWith(PREFIX)
                || name.startsWith("AWS_ENDPOINT_URL")
                || Settings.named(name).isPresent()
                || Settings.isMisspelt(name);
    }

    private static boolean hasDynamoDb(Map<String, String> ours) {
        return value(ours, DYNAMODB).or(() -> value(ours, "AWS_ENDPOINT_URL")).isPresent();
    }

    private static void put(Map<String, String> variables, String name, String value) {
        variables.put(name, value);
        variables.put(name.substring(PREFIX.length()), value);
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private static Algorithm algorithm(
            Map<String, String> ours, Optional<String> secret, boolean isGiven, @Nullable Algorithm wanted) {
        Optional<Algorithm> named = value(ours, ALGORITHM).map(KeySettings::algorithm);
        if (wanted != null && (isGiven || (named.isPresent() && named.get() != wanted))) {
            throw new SetupException("--algorithm is for a throw-away key, but the environment sets "
                    + (isGiven ? "the key" : ALGORITHM) + ". Leave one of them out");
        }
        if (named.isPresent()) {
            return named.get();
        }
        if (!isGiven) {
            return wanted == null ? Algorithm.RS256 : wanted;
        }
        try {
            return secret.isPresent()
                    ? KeyRing.read(secret.get()).signingKey(null, null).algorithm()
                    : Algorithm.HS256;
        } catch (InvalidKeyMaterialException e) {
            throw new SetupException(SECRET + ": " + e.getMessage(), e);
        }
    }

    /**
     * The algorithm of that name, in capitals or not.
     *
     * @throws SetupException if there is none; the message lists them
     */
    public static Algorithm algorithm(String name) {
        return Algorithm.namedInAnyCase(name)
                .orElseThrow(
                        () -> new SetupException("unknown algorithm " + name + ". Supported: " + Algorithm.names()));
    }

    private static String verifyingText(String secret) {
        try {
            return KeyRing.read(secret).holdsPrivateKeys() ? NewKeyRing.verifyingText(secret) : secret;
        } catch (InvalidKeyMaterialException e) {
            throw new SetupException(
                    SECRET + " does not tell the key to check with. Set " + VERIFY_KEY
                            + " to the secret or the public key (openssl pkey -in key.pem -pubout)",
                    e);
        }
    }

    /** The variables of both functions by their logical ids, under those that are given already. */
    public Map<String, Map<String, String>> environment(Map<String, Map<String, String>> given) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(given);
        all.put("IssueKeyFunction", merged(issueKey, given.get("IssueKeyFunction")));
        all.put("AuthorizerFunction", merged(authorizer, given.get("AuthorizerFunction")));
        return all;
    }

    /** The variables of another function that knows the signing key: of the one that publishes, or that rotates. */
    public Map<String, String> of(String function, Map<String, Map<String, String>> given) {
        return merged(issueKey, given.get(function));
    }

    private static Map<String, String> merged(Map<String, String> base, @Nullable Map<String, String> stronger) {
        Map<String, String> merged = new LinkedHashMap<>(base);
        if (stronger != null) {
            merged.putAll(stronger);
        }
        return merged;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "key settings for " + algorithm;
    }
}

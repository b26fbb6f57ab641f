package dev.latchkey.local;

import dev.latchkey.jwt.Algorithm;
import dev.latchkey.jwt.InvalidKeyMaterialException;
import dev.latchkey.jwt.KeyRing;
import dev.latchkey.jwt.NewKeyRing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key settings of both functions: of a throw-away key ring, or from the environment.
 *
 * @param algorithm what keys are signed with, as the template's parameter has it
 * @param issueKey variables of the issue-key function
 * @param authorizer variables of the authorizer
 */
record KeySettings(Algorithm algorithm, Map<String, String> issueKey, Map<String, String> authorizer) {

    private static final String SECRET = "PLUGIN_JWT_SECRET";
    private static final String SECRET_ID = "PLUGIN_JWT_SECRET_ID";
    private static final String VERIFY_KEY = "JWT_VERIFY_KEY";

    /** Those of a new key ring. */
    static KeySettings throwAway(Algorithm algorithm) {
        NewKeyRing ring = NewKeyRing.of(algorithm);
        return new KeySettings(
                algorithm,
                Map.of(SECRET, ring.secretText(), SECRET_ID, ""),
                Map.of(VERIFY_KEY, ring.verifyingText(), SECRET_ID, ""));
    }

    /** Those in the environment; empty where it names no key to sign with. */
    static Optional<KeySettings> of(Map<String, String> environment) {
        Map<String, String> ours = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.matches("(PLUGIN_)?(JWT|APIM)_.*|POLICY_SCOPE|AWS_ENDPOINT_URL.*")) {
                ours.put(name, value);
            }
        });
        if (Stream.of(SECRET, "JWT_SECRET", SECRET_ID, "JWT_SECRET_ID").noneMatch(ours::containsKey)) {
            return Optional.empty();
        }
        ours.putIfAbsent(SECRET_ID, "");
        Map<String, String> authorizer = new LinkedHashMap<>(ours);
        if (!ours.containsKey(VERIFY_KEY) && secret(ours).isPresent()) {
            authorizer.put(VERIFY_KEY, verifyingText(secret(ours).get()));
        }
        String algorithm = Stream.of("PLUGIN_JWT_ALGORITHM", "JWT_ALGORITHM")
                .flatMap(name -> Optional.ofNullable(ours.get(name)).stream())
                .findFirst()
                .orElse("HS256");
        return Optional.of(new KeySettings(CreateKeys.algorithm(algorithm), ours, authorizer));
    }

    private static Optional<String> secret(Map<String, String> environment) {
        return Stream.of(SECRET, "JWT_SECRET")
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static String verifyingText(String secret) {
        try {
            if (!KeyRing.read(secret).holdsPrivateKeys()) {
                return secret;
            }
            return NewKeyRing.verifyingText(secret);
        } catch (InvalidKeyMaterialException e) {
            throw new SetupException(
                    SECRET + " does not tell the key to check with. Set " + VERIFY_KEY
                            + " to the secret or the public key (openssl pkey -in key.pem -pubout)",
                    e);
        }
    }

    /** The variables of both functions by their logical ids, under those that are given already. */
    Map<String, Map<String, String>> environment(Map<String, Map<String, String>> given) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(given);
        all.put("IssueKeyFunction", merged(issueKey, given.get("IssueKeyFunction")));
        all.put("AuthorizerFunction", merged(authorizer, given.get("AuthorizerFunction")));
        return all;
    }

    private static Map<String, String> merged(Map<String, String> base, @Nullable Map<String, String> stronger) {
        Map<String, String> merged = new LinkedHashMap<>(base);
        if (stronger != null) {
            merged.putAll(stronger);
        }
        return merged;
    }

    /** Bad keys for a throw-away ring. */
    SpoiltKeys spoiltKeys() {
        return new SpoiltKeys(
                Objects.requireNonNull(issueKey.get(SECRET)), Objects.requireNonNull(authorizer.get(VERIFY_KEY)));
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "key settings for " + algorithm;
    }
}

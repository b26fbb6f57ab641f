package dev.latchkey.cli;

import dev.latchkey.config.Lifetime;
import dev.latchkey.keys.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the portal's own JWT plugin issued keys. {@code toString()} does not show the secret.
 *
 * @param secret its secret, or private key in PEM
 * @param kid the key id in its tokens; null for none
 * @param userField the claim of the user
 * @param companyField the claim of the company
 * @param expiresIn how long its tokens live, as the portal has it
 */
record PortalSettings(
        Algorithm algorithm,
        String secret,
        @Nullable String kid,
        String userField,
        String companyField,
        String expiresIn) {

    /** The claim of the user where the portal names none. */
    static final String USER_FIELD = "sub";

    /** The claim of the company where the portal names none. */
    static final String COMPANY_FIELD = "org_id";

    /**
     * Reads them.
     *
     * @throws UnusableInputException if they lack something; the message lists every problem
     */
    static PortalSettings read(PortalEnvironment environment) {
        List<String> problems = new ArrayList<>();
        String named = environment.get("PLUGIN_JWT_ALGORITHM").orElse("");
        Optional<Algorithm> algorithm = Algorithm.named(named);
        if (algorithm.isEmpty()) {
            problems.add("PLUGIN_JWT_ALGORITHM: " + (named.isEmpty() ? "is not set" : "is " + named)
                    + ". The portal's plugin signs by it, such as HS256 or RS256");
        }
        Optional<String> secret = environment.get("PLUGIN_JWT_SECRET");
        if (secret.isEmpty()) {
            problems.add("PLUGIN_JWT_SECRET: is not set. It is what the portal's plugin signs with");
        }
        String expiresIn = environment.get("PLUGIN_JWT_EXPIRES_IN").orElse("");
        try {
            Lifetime.parse(expiresIn);
        } catch (IllegalArgumentException e) {
            problems.add("PLUGIN_JWT_EXPIRES_IN: " + (expiresIn.isEmpty() ? "is not set" : e.getMessage()));
        }
        if (!problems.isEmpty()) {
            throw new UnusableInputException(
                    "the portal issues no keys with these variables:\n- " + String.join("\n- ", problems));
        }
        return new PortalSettings(
                algorithm.orElseThrow(),
                secret.orElseThrow(),
                environment.get("PLUGIN_JWT_KID").orElse(null),
                environment.get("PLUGIN_JWT_USER_ID_FIELD").orElse(USER_FIELD),
                environment.get("PLUGIN_JWT_COMPANY_ID_FIELD").orElse(COMPANY_FIELD),
                expiresIn);
    }

    Duration lifetime() {
        return Lifetime.parse(expiresIn);
    }

    @Override
    public String toString() {
        return "the portal's " + algorithm + " key" + (kid == null ? "" : " " + kid);
    }
}

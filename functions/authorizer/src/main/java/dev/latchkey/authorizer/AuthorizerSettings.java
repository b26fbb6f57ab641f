package dev.latchkey.authorizer;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the authorizer.
 *
 * @param verification what keys are checked with and by which rules
 * @param scope how far an Allow reaches
 */
record AuthorizerSettings(VerificationSettings verification, PolicyScope scope) {

    private static final String SCOPE = "POLICY_SCOPE";

    /**
     * Reads the settings.
     *
     * @throws dev.latchkey.config.SettingsException if they do not work
     */
    static AuthorizerSettings read(Map<String, String> environment, Secrets secrets) {
        SettingsReader reader = new SettingsReader(environment);
        PolicyScope scope = scope(reader);
        return new AuthorizerSettings(VerificationSettings.read(reader, secrets), scope);
    }

    private static PolicyScope scope(SettingsReader reader) {
        Optional<String> name = reader.text(SCOPE);
        Optional<PolicyScope> scope = name.flatMap(PolicyScope::named);
        if (name.isPresent() && scope.isEmpty()) {
            reader.problem(SCOPE, "needs one of " + PolicyScope.names());
        }
        return scope.orElse(PolicyScope.STAGE);
    }
}

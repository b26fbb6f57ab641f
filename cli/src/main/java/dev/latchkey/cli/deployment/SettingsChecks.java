package dev.latchkey.cli.deployment;

import dev.latchkey.authorizer.AuthorizerHandler;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.issuekey.StartCheck;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads both functions' settings by the classes that the functions start with, and compares what both must have alike. */
final class SettingsChecks {

    private static final String ANY = "*";
    private static final String DOCUMENTED = "set what the message names; docs/settings.md has the forms";
    private static final List<String> OWN_PLUGINS = List.of("jwt", "aws");

    private final SecretSources secrets;
    private final Findings findings;

    SettingsChecks(SecretSources secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    /** Whether the authorizer starts with its settings. */
    void ofAuthorizer(DeployedFunction authorizer) {
        starts(
                authorizer,
                environment ->
                        new AuthorizerHandler(environment, secrets, List.of(), Clock.systemUTC(), new SilentLogger()));
    }

    /** Whether issue-key does; a plugin of one's own is not here to be asked. */
    void ofIssueKey(DeployedFunction issueKey) {
        String provider = issueKey.setting(Settings.PROVIDER).orElse("jwt");
        if (!OWN_PLUGINS.contains(provider.toLowerCase(java.util.Locale.ROOT))) {
            findings.add(Finding.skipped("issue-key: settings", "those of the plugin " + provider + " are its own"));
            return;
        }
        starts(issueKey, environment -> StartCheck.run(environment, secrets, new SilentLogger()));
    }

    private interface Start {
        void with(Map<String, String> environment);
    }

    private void starts(DeployedFunction function, Start start) {
        if (function.configuration().environment() != null
                && function.configuration().environment().error() != null) {
            return;
        }
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.remove("AWS_LAMBDA_INITIALIZATION_TYPE");
        String check = function.role() + ": settings";
        try {
            start.with(environment);
            List<String> unknown = new SettingsReader(environment).ofAnotherRelease();
            findings.expect(
                    unknown.isEmpty(),
                    check,
                    unknown.isEmpty()
                            ? environment.size() + " variables, with which it starts"
                            : "it starts, and leaves out " + String.join(", ", unknown),
                    "all of them are settings of this release",
                    "deploy the template and the packages of one release, and remove what is misspelt");
        } catch (SettingsException e) {
            findings.add(Finding.failed(check, String.valueOf(e.getMessage()), "it starts", DOCUMENTED));
        }
    }

    /** Compares what the two must have alike, where the authorizer checks keys of this issue-key at all. */
    void together(DeployedFunction issueKey, DeployedFunction authorizer) {
        if (authorizer.setting(Settings.PRESET).isPresent()
                || authorizer
                        .setting(Settings.JWKS_URI)
                        .filter(uri -> !uri.endsWith("/.well-known/jwks.json"))
                        .isPresent()) {
            findings.add(Finding.skipped(
                    "both functions: settings",
                    "the authorizer checks keys of another issuer (JWKS_URI, ISSUER_PRESET)"));
            return;
        }
        oneOf("issuer", Settings.ISSUER, issueKey, authorizer);
        oneOf("audience", Settings.AUDIENCE, issueKey, authorizer);
        firstOf("company id", Settings.COMPANY_ID_FIELD, issueKey, authorizer);
        firstOf("user id", Settings.USER_ID_FIELD, issueKey, authorizer);
        same("status list base", Settings.STATUS_LIST_BASE, issueKey, authorizer);
        if (authorizer.setting(Settings.VERIFY_KEY).isEmpty()
                && authorizer.setting(Settings.JWKS_URI).isEmpty()) {
            boolean fits = issueKey.setting(Settings.SECRET_ID).equals(authorizer.setting(Settings.SECRET_ID));
            findings.expect(
                    fits,
                    "both functions: secret",
                    fits ? "the same" : "not the same",
                    "the same",
                    "give both functions the same " + Settings.SECRET_ID.prefixed() + ", as the template does");
        }
        String found = machine(issueKey);
        findings.expect(
                found.equals(machine(authorizer)),
                "both functions: runtime and architecture",
                found.equals(machine(authorizer)) ? found : unlike(found, machine(authorizer)),
                "the same",
                "deploy both from one stack: one of them is of another version");
    }

    private static String machine(DeployedFunction function) {
        return function.configuration().runtimeAsString() + ", "
                + String.join(", ", function.configuration().architecturesAsStrings());
    }

    private void oneOf(String what, Setting setting, DeployedFunction issueKey, DeployedFunction authorizer) {
        List<String> given = issueKey.list(setting);
        List<String> wanted = authorizer.list(setting);
        boolean fits =
                wanted.contains(ANY) || (given.isEmpty() && wanted.isEmpty()) || !Collections.disjoint(given, wanted);
        alike(fits, what, setting, String.join(", ", given), String.join(", ", wanted));
    }

    private void firstOf(String what, Setting setting, DeployedFunction issueKey, DeployedFunction authorizer) {
        String given = issueKey.list(setting).get(0);
        List<String> wanted = authorizer.list(setting);
        boolean fits = wanted.contains(given) || wanted.stream().anyMatch(one -> one.startsWith("="));
        alike(fits, what, setting, given, String.join(", ", wanted));
    }

    private void same(String what, Setting setting, DeployedFunction issueKey, DeployedFunction authorizer) {
        Optional<String> given = issueKey.setting(setting).map(SettingsChecks::withoutSlash);
        Optional<String> wanted = authorizer.setting(setting).map(SettingsChecks::withoutSlash);
        alike(given.equals(wanted), what, setting, given.orElse(""), wanted.orElse(""));
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private void alike(boolean fits, String what, Setting setting, String given, String wanted) {
        findings.expect(
                fits,
                "both functions: " + what,
                fits ? (given.isEmpty() ? "none" : given) : unlike(given, wanted),
                "the same",
                "give both functions the same " + setting.prefixed() + ", as the template does");
    }

    private static String unlike(String given, String wanted) {
        return "issue-key " + (given.isEmpty() ? "has none" : given) + ", the authorizer "
                + (wanted.isEmpty() ? "has none" : wanted);
    }
}

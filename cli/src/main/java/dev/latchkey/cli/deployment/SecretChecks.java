package dev.latchkey.cli.deployment;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SigningSettings;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.SigningKey;
import java.time.Clock;

/** Checks the secret that holds the signing key: that it is there to stay, and that its form fits. Never shows what it holds. */
final class SecretChecks {

    private static final String THERE = "the secret";
    private static final String FORM = "the secret's form";

    private final Account account;
    private final OperatorSecrets secrets;
    private final Findings findings;

    SecretChecks(Account account, OperatorSecrets secrets, Findings findings) {
        this.account = account;
        this.secrets = secrets;
        this.findings = findings;
    }

    void of(DeployedFunction issueKey) {
        if (issueKey.setting(Settings.SECRET_ID).isEmpty()) {
            findings.add(Finding.skipped(THERE, "issue-key is given none by name"));
            return;
        }
        SigningSettings settings;
        try {
            settings = SigningSettings.read(
                    issueKey.environment(), new Secrets(secrets, Clock.systemUTC(), (age, failure) -> {}));
        } catch (SettingsException told) {
            return;
        }
        if (issueKey.setting(Settings.KMS_KEY_ID).isPresent()) {
            findings.add(Finding.skipped(FORM, "keys in AWS KMS are named beside it"));
            return;
        }
        form(settings);
        for (String id : secrets.read().keySet()) {
            place(id);
        }
    }

    private void form(SigningSettings settings) {
        try {
            SigningKey key = settings.keys().current();
            String ring = settings.ownKeys().current().toString();
            findings.add(Finding.ok(
                    FORM,
                    "signs by " + key.algorithm()
                            + key.kid().map(kid -> ", key " + kid).orElse(", no key id") + "; checks by " + ring));
        } catch (InvalidKeyMaterialException e) {
            wrong(e);
        } catch (KeysUnavailableException e) {
            unavailable(e);
        }
    }

    private void unavailable(KeysUnavailableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidKeyMaterialException wrong) {
                wrong(wrong);
                return;
            }
        }
        String why = secrets.read().values().stream()
                .filter(Reading.Unreadable.class::isInstance)
                .map(reading -> ((Reading.Unreadable<String>) reading).why())
                .findFirst()
                .orElse("there is none to look at");
        findings.add(Finding.skipped(FORM, why));
    }

    private void wrong(InvalidKeyMaterialException failure) {
        findings.add(
                Finding.failed(
                        FORM,
                        String.valueOf(failure.getMessage()),
                        "a secret, PEM, JWK or key ring that fits PLUGIN_JWT_ALGORITHM",
                        "put back its version before (AWSPREVIOUS), or a key that scripts/create-keys makes, and give the Algorithm of it"));
    }

    private void place(String id) {
        findings.read(
                        THERE,
                        account.secret(id),
                        "make it, or set SecretArn to the one that there is: region and account must be the function's")
                .ifPresent(secret -> findings.expect(
                        secret.deletedDate() == null,
                        THERE,
                        secret.deletedDate() == null
                                ? secret.name() + (Boolean.TRUE.equals(secret.rotationEnabled()) ? ", rotated" : "")
                                : "it is deleted on " + secret.deletedDate() + ", and no function can read it",
                        "it is not to be deleted",
                        "take it back now: aws secretsmanager restore-secret --secret-id " + id));
    }
}

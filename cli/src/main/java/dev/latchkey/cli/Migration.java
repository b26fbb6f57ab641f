package dev.latchkey.cli;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Verification;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.MovedKey;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The move from the portal's own JWT plugin: its key in a ring, its settings as parameters, and the proof that both fit. */
record Migration(PortalSettings portal, MovedKey key, Clock clock) {

    private static final String CUSTOMER = "cus_of_before";
    private static final String SECRET_ID = "ring";

    /**
     * Prepares it.
     *
     * @throws UnusableInputException if keys of the portal cannot be taken over, or would not be accepted
     */
    static Migration of(PortalSettings portal, Clock clock) {
        MovedKey key;
        try {
            key = MovedKey.of(portal.secret(), portal.algorithm(), portal.kid(), portal.lifetime(), clock);
        } catch (InvalidKeyMaterialException e) {
            throw new UnusableInputException(
                    "PLUGIN_JWT_SECRET: " + e.getMessage() + "\nNothing was written. Where it is too weak,"
                            + " whoever tries can forge its keys: deploy with a new one, and let customers create"
                            + " new keys");
        }
        Migration migration = new Migration(portal, key, clock);
        migration.prove();
        return migration;
    }

    /** Has the authorizer's own verifier look at a key as the portal's plugin makes it. */
    private void prove() {
        String token = MovedKey.tokenOf(portal.secret(), portal.algorithm(), portal.kid(), claims());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PLUGIN_JWT_SECRET_ID", SECRET_ID);
        environment.put("PLUGIN_JWT_ALGORITHM", portal.algorithm().name());
        environment.put("PLUGIN_JWT_USER_ID_FIELD", portal.userField());
        environment.put("PLUGIN_JWT_COMPANY_ID_FIELD", portal.companyField());
        Secrets secrets = new Secrets(extension -> id -> key.ring(), clock, (age, failure) -> {});
        Verification verification = VerificationSettings.read(new SettingsReader(environment), secrets)
                .verifier(clock)
                .verify(token);
        if (!(verification instanceof Verification.Verified good)
                || !good.token().companyId().equals(Optional.of(CUSTOMER))) {
            throw new UnusableInputException("a key as the portal's plugin makes it would be refused: " + verification
                    + ". Nothing was written");
        }
    }

    private JsonObject claims() {
        Instant now = clock.instant();
        return new JsonObjectBuilder()
                .put(portal.userField(), CUSTOMER)
                .put(portal.companyField(), CUSTOMER)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(portal.lifetime()).getEpochSecond())
                .build();
    }

    /** The parameters of template.yaml that differ from its defaults, but for the secret's ARN, which AWS gives. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Algorithm", portal.algorithm().name());
        parameters.put("ExpiresIn", portal.expiresIn());
        if (!portal.userField().equals(PortalSettings.USER_FIELD)) {
            parameters.put("UserIdField", portal.userField());
        }
        if (!portal.companyField().equals(PortalSettings.COMPANY_FIELD)) {
            parameters.put("CompanyIdField", portal.companyField());
        }
        return parameters;
    }

    /** What customers notice. */
    String report() {
        Table table = new Table("", "IN THE PORTAL", "WITH LATCHKEY");
        table.row(List.of(
                "algorithm", portal.algorithm().name(), portal.algorithm().name()));
        table.row(List.of("key id", portal.kid() == null ? "none" : portal.kid(), "as before, for keys of before"));
        table.row(List.of("user, company", portal.userField() + ", " + portal.companyField(), "as before"));
        table.row(List.of("a key lives", portal.expiresIn(), "as before"));
        table.row(List.of(
                "signing key",
                "PLUGIN_JWT_SECRET",
                key.weakUntil() == null
                        ? "the same, with a next one beside it"
                        : "a new one; the portal's verifies until " + key.weakUntil()));
        StringBuilder text = new StringBuilder(table.toString()).append('\n');
        if (key.weakUntil() == null) {
            text.append("Keys that customers have stay good until they expire.\n");
        } else {
            text.append("The portal's key is too weak to sign: ")
                    .append(key.weakness())
                    .append(".\nKeys that customers have stay good until they expire, and not beyond ")
                    .append(key.weakUntil())
                    .append(
                            ".\nUntil then whoever breaks that key can forge keys, and the authorizer warns of it at each")
                    .append(
                            " start. To end it sooner, when\ncustomers have new keys: scripts/keys rotate --now --drop ")
                    .append(key.name())
                    .append("\nChange the portal over within ")
                    .append(MovedKey.TO_CHANGE_OVER.toDays())
                    .append(" days: what it issues later ends with the others.\n");
        }
        return text.append("Tried: a key as the portal's plugin makes it is accepted, for its customer.\n")
                .toString();
    }

    @Override
    public String toString() {
        return "migration of " + portal;
    }
}

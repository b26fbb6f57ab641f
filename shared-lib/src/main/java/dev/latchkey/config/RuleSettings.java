package dev.latchkey.config;

import dev.latchkey.jwt.ClaimMapping;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.Expected;
import dev.latchkey.jwt.IdClaim;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.jwt.VerificationRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the rules that must hold for a token. An asterisk waives a rule; leaving a setting out never does. */
final class RuleSettings {

    private static final String WAIVED = "*";
    private static final List<String> SCOPES = List.of("scope", "scp");

    private RuleSettings() {}

    static VerificationRules read(SettingsReader reader) {
        return new VerificationRules(
                issuer(reader),
                expected(reader, Settings.AUDIENCE),
                Duration.ofSeconds(reader.number(Settings.CLOCK_SKEW)),
                claims(reader),
                types(reader),
                reader.duration(Settings.MAX_LIFETIME).orElse(null),
                ClaimSettings.required(reader, Settings.REQUIRED_CLAIMS, List.of()));
    }

    /** Unset: the claim must be absent. An asterisk: the check is waived. Else one of the listed values. */
    private static Expected expected(SettingsReader reader, Setting setting) {
        List<String> values = reader.list(setting);
        if (values.isEmpty()) {
            return new Expected.Absent();
        }
        return isWaived(reader, setting, values) ? new Expected.Anything() : new Expected.OneOf(values);
    }

    private static Expected issuer(SettingsReader reader) {
        Expected expected = expected(reader, Settings.ISSUER);
        try {
            return expected instanceof Expected.OneOf oneOf ? Expected.issuers(oneOf.values()) : expected;
        } catch (IllegalArgumentException e) {
            reader.problem(Settings.ISSUER, String.valueOf(e.getMessage()));
            return expected;
        }
    }

    private static TokenTypes types(SettingsReader reader) {
        List<String> values = reader.list(Settings.TYPE);
        if (values.isEmpty()) {
            return TokenTypes.JWT;
        }
        return isWaived(reader, Settings.TYPE, values) ? TokenTypes.ANY : TokenTypes.of(values);
    }

    private static boolean isWaived(SettingsReader reader, Setting setting, List<String> values) {
        if (values.contains(WAIVED) && values.size() > 1) {
            reader.problem(setting, "* waives the check, so that the other values mean nothing. Remove either");
        }
        return values.contains(WAIVED);
    }

    private static ClaimMapping claims(SettingsReader reader) {
        List<ClaimPath> audience = ClaimSettings.claims(reader, Settings.AUDIENCE_CLAIM, List.of());
        if (!audience.isEmpty() && reader.list(Settings.AUDIENCE).isEmpty()) {
            reader.problem(
                    Settings.AUDIENCE_CLAIM,
                    "means nothing where " + Settings.AUDIENCE + " is unset. Set what the audience must be");
        }
        return new ClaimMapping(
                id(reader, Settings.USER_ID_FIELD),
                id(reader, Settings.COMPANY_ID_FIELD),
                ClaimSettings.claims(reader, Settings.SCOPE_CLAIM, SCOPES),
                audience);
    }

    private static IdClaim id(SettingsReader reader, Setting setting) {
        List<String> usual = List.of(setting.usual());
        Optional<IdClaim> given = ClaimSettings.id(reader, setting, usual);
        return given.isPresent() ? given.get() : ClaimSettings.id(usual);
    }
}

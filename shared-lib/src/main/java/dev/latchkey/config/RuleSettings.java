package dev.latchkey.config;

import dev.latchkey.jwt.Expected;
import dev.latchkey.jwt.RequiredClaim;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.jwt.VerificationRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the rules that must hold for a token. An asterisk waives a rule; leaving a setting out never does. */
final class RuleSettings {

    private static final String WAIVED = "*";

    private RuleSettings() {}

    static VerificationRules read(SettingsReader reader) {
        return new VerificationRules(
                expected(reader, Settings.ISSUER),
                expected(reader, Settings.AUDIENCE),
                Duration.ofSeconds(reader.number(Settings.CLOCK_SKEW)),
                SigningSettings.claimNames(reader),
                types(reader),
                reader.duration(Settings.MAX_LIFETIME).orElse(null),
                requiredClaims(reader));
    }

    /** Unset: the claim must be absent. An asterisk: the check is waived. Else one of the listed values. */
    private static Expected expected(SettingsReader reader, Setting setting) {
        List<String> values = reader.list(setting);
        if (values.isEmpty()) {
            return new Expected.Absent();
        }
        return isWaived(reader, setting, values) ? new Expected.Anything() : new Expected.OneOf(values);
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

    private static List<RequiredClaim> requiredClaims(SettingsReader reader) {
        List<RequiredClaim> claims = new ArrayList<>();
        for (String entry : reader.list(Settings.REQUIRED_CLAIMS)) {
            requiredClaim(reader, entry).ifPresent(claims::add);
        }
        return claims;
    }

    /** {@code name}, {@code outer.inner} or {@code name=value|value}. */
    private static Optional<RequiredClaim> requiredClaim(SettingsReader reader, String entry) {
        String[] sides = entry.split("=", 2);
        List<String> path = Arrays.stream(sides[0].strip().split("\\.", -1)).toList();
        List<String> values = sides.length == 1
                ? List.of()
                : Arrays.stream(sides[1].split("\\|", -1)).map(String::strip).toList();
        if (path.stream().anyMatch(String::isBlank) || values.stream().anyMatch(String::isEmpty)) {
            reader.problem(
                    Settings.REQUIRED_CLAIMS,
                    "needs entries such as tenant, realm.role or token_use=access|id, separated by commas");
            return Optional.empty();
        }
        return Optional.of(new RequiredClaim(path, values));
    }
}

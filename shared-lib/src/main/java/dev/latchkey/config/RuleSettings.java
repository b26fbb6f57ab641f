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
import org.jspecify.annotations.Nullable;

/** Reads the rules that must hold for a token. An asterisk waives a rule; leaving a setting out never does. */
final class RuleSettings {

    private static final String WAIVED = "*";
    private static final String TYPE = "JWT_TYPE";
    private static final String MAX_LIFETIME = "JWT_MAX_LIFETIME";
    private static final String REQUIRED_CLAIMS = "JWT_REQUIRED_CLAIMS";

    private RuleSettings() {}

    static VerificationRules read(SettingsReader reader) {
        int skew = reader.number("JWT_CLOCK_SKEW", 0, 0, (int) VerificationRules.MAX_CLOCK_SKEW.toSeconds());
        return new VerificationRules(
                expected(reader, "JWT_ISSUER"),
                expected(reader, "JWT_AUDIENCE"),
                Duration.ofSeconds(skew),
                SigningSettings.claimNames(reader),
                types(reader),
                maxLifetime(reader),
                requiredClaims(reader));
    }

    /** Unset: the claim must be absent. An asterisk: the check is waived. Else one of the listed values. */
    private static Expected expected(SettingsReader reader, String name) {
        List<String> values = reader.list(name);
        if (values.isEmpty()) {
            return new Expected.Absent();
        }
        return isWaived(reader, name, values) ? new Expected.Anything() : new Expected.OneOf(values);
    }

    private static TokenTypes types(SettingsReader reader) {
        List<String> values = reader.list(TYPE);
        if (values.isEmpty()) {
            return TokenTypes.JWT;
        }
        return isWaived(reader, TYPE, values) ? TokenTypes.ANY : TokenTypes.of(values);
    }

    private static boolean isWaived(SettingsReader reader, String name, List<String> values) {
        if (values.contains(WAIVED) && values.size() > 1) {
            reader.problem(name, "* waives the check, so that the other values mean nothing. Remove either");
        }
        return values.contains(WAIVED);
    }

    private static @Nullable Duration maxLifetime(SettingsReader reader) {
        Optional<String> text = reader.text(MAX_LIFETIME);
        try {
            return text.isEmpty() ? null : Lifetime.parse(text.get());
        } catch (IllegalArgumentException e) {
            reader.problem(MAX_LIFETIME, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static List<RequiredClaim> requiredClaims(SettingsReader reader) {
        List<RequiredClaim> claims = new ArrayList<>();
        for (String entry : reader.list(REQUIRED_CLAIMS)) {
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
                    REQUIRED_CLAIMS,
                    "needs entries such as tenant, realm.role or token_use=access|id, separated by commas");
            return Optional.empty();
        }
        return Optional.of(new RequiredClaim(path, values));
    }
}

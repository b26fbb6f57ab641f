package dev.latchkey.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is the same for all customers of an identity provider: where its keys are, what its tokens look like and which of
 * their claims tell what. Everything is the member of an entry of {@code JWT_ISSUERS} that would say so, and gives way to
 * what the operator says; but what it requires is required beside that, unless the operator names the very claim, or {@code *}.
 *
 * @param provider the provider's name
 * @param members values by the member's name
 * @param audience what the operator must set as audience, in words; empty where the preset sets it
 */
public record Preset(String provider, Map<String, List<String>> members, String audience) {

    /** The member of what must be there. */
    static final String REQUIRED = "required_claims";

    /** Settings by the member that says the same of one issuer, which hold for every issuer that does not. */
    static final Map<String, Setting> OF_EVERY_ISSUER = Map.of(
            "audience_claim", Settings.AUDIENCE_CLAIM,
            "types", Settings.TYPE,
            "user_claim", Settings.USER_ID_FIELD,
            "company_claim", Settings.COMPANY_ID_FIELD,
            "scope_claim", Settings.SCOPE_CLAIM);

    private static final Map<String, Setting> OF_ONE_ISSUER =
            Map.of("issuer", Settings.ISSUER, "jwks_uri", Settings.JWKS_URI, "audience", Settings.AUDIENCE);

    /**
     * The preset that the settings name, which sets what they leave unset; empty where they name none, or, which is a
     * problem, one that does not work.
     */
    static Optional<Preset> fillIn(SettingsReader reader) {
        Optional<String> provider = reader.text(Settings.PRESET);
        Optional<String> domain = reader.text(Settings.PRESET_DOMAIN);
        Optional<String> tenant = reader.text(Settings.PRESET_TENANT);
        if (provider.isEmpty()) {
            for (Setting alone : List.of(Settings.PRESET_DOMAIN, Settings.PRESET_TENANT)) {
                if (reader.text(alone).isPresent()) {
                    reader.problem(alone, "means nothing without " + Settings.PRESET);
                }
            }
            return Optional.empty();
        }
        Preset preset;
        try {
            preset = Presets.of(provider.get(), domain.orElse(""), tenant.orElse(""));
        } catch (IllegalArgumentException e) {
            reader.problem(Settings.PRESET, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        boolean hasKeys = reader.text(Settings.VERIFY_KEY).isPresent()
                || reader.text(Settings.SECRET_ID).isPresent();
        Map<String, List<String>> filled = new LinkedHashMap<>();
        Stream.of(OF_ONE_ISSUER, OF_EVERY_ISSUER)
                .forEach(settings -> settings.forEach((member, setting) -> {
                    List<String> values = preset.members.getOrDefault(member, List.of());
                    boolean isOwn = reader.text(setting).isPresent() || (hasKeys && setting.equals(Settings.JWKS_URI));
                    if (!isOwn && !values.isEmpty()) {
                        filled.put(member, values);
                        reader.fill(setting, String.join(", ", values));
                    }
                }));
        List<String> own = reader.quotedList(Settings.REQUIRED_CLAIMS);
        List<String> beside = preset.requiredBeside(own);
        if (!beside.isEmpty()) {
            filled.put(REQUIRED, beside);
            reader.fill(Settings.REQUIRED_CLAIMS, String.join(", ", joined(own, beside)));
        }
        if (reader.text(Settings.AUDIENCE).isEmpty()) {
            reader.problem(
                    Settings.AUDIENCE, "is not set, which tokens of " + preset.provider + " need: " + preset.audience);
        }
        return Optional.of(new Preset(preset.provider, filled, preset.audience));
    }

    /** What it requires beside what the operator requires, which is left out where an entry of that is of the same claims. */
    List<String> requiredBeside(List<String> own) {
        if (own.contains(ClaimSettings.WAIVED)) {
            return List.of();
        }
        return members.getOrDefault(REQUIRED, List.of()).stream()
                .filter(entry -> own.stream().noneMatch(other -> isOfTheSameClaims(other, claims(entry))))
                .toList();
    }

    private static boolean isOfTheSameClaims(String entry, List<String> claims) {
        List<String> named = claims(entry);
        return !named.isEmpty() && claims.containsAll(named);
    }

    /** The claims that an entry requires, however they are written; none where it is wrong, which is told elsewhere. */
    private static List<String> claims(String entry) {
        try {
            return ClaimSettings.required(entry).anyOf().stream()
                    .map(claim -> claim.topName().orElseGet(claim::toString))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** The one list and the other. */
    static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

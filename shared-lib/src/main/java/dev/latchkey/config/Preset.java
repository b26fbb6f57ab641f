package dev.latchkey.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is the same for all customers of an identity provider: where its keys are, what its tokens look like and which of
 * their claims tell what. Everything is the member of an entry of {@code JWT_ISSUERS} that would say so, and gives way to
 * what the operator says.
 *
 * @param provider the provider's name
 * @param members values by the member's name
 * @param audience what the operator must set as audience, in words; empty where the preset sets it
 */
public record Preset(String provider, Map<String, List<String>> members, String audience) {

    private static final Map<String, Setting> SETTINGS = Map.of(
            "issuer", Settings.ISSUER,
            "jwks_uri", Settings.JWKS_URI,
            "audience", Settings.AUDIENCE,
            "audience_claim", Settings.AUDIENCE_CLAIM,
            "types", Settings.TYPE,
            "user_claim", Settings.USER_ID_FIELD,
            "company_claim", Settings.COMPANY_ID_FIELD,
            "scope_claim", Settings.SCOPE_CLAIM,
            "required_claims", Settings.REQUIRED_CLAIMS);

    /**
     * The preset that the settings name, which sets what they leave unset; empty where they name none, or, which is a
     * problem, one that does not work.
     */
    static Optional<Preset> fillIn(SettingsReader reader) {
        Optional<String> provider = reader.text(Settings.PRESET);
        Optional<String> domain = reader.text(Settings.PRESET_DOMAIN);
        Optional<String> tenant = reader.text(Settings.PRESET_TENANT);
        if (provider.isEmpty()) {
            domain.ifPresent(set -> reader.problem(Settings.PRESET_DOMAIN, "means nothing without " + Settings.PRESET));
            tenant.ifPresent(set -> reader.problem(Settings.PRESET_TENANT, "means nothing without " + Settings.PRESET));
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
        SETTINGS.forEach((member, setting) -> {
            List<String> values = preset.members.getOrDefault(member, List.of());
            boolean isOwn = reader.text(setting).isPresent() || (hasKeys && setting.equals(Settings.JWKS_URI));
            if (!isOwn && !values.isEmpty()) {
                filled.put(member, values);
                reader.fill(setting, String.join(", ", values));
            }
        });
        if (reader.text(Settings.AUDIENCE).isEmpty()) {
            reader.problem(
                    Settings.AUDIENCE, "is not set, which tokens of " + preset.provider + " need: " + preset.audience);
        }
        return Optional.of(new Preset(preset.provider, filled, preset.audience));
    }
}

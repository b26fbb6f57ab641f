package dev.latchkey.config;

import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.jwt.ClaimMapping;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.Expected;
import dev.latchkey.jwt.IdClaim;
import dev.latchkey.jwt.RequiredClaim;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.status.StatusListBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One entry of the setting that lists several issuers. What does not work is a problem of the setting. */
final class IssuerEntry {

    private static final String PRESET = "preset";
    private static final String DOMAIN = "domain";
    private static final String TENANT = "tenant";
    private static final List<String> MEMBERS = List.of(
            PRESET,
            DOMAIN,
            TENANT,
            "issuer",
            "audience",
            "jwks_uri",
            "verify_key",
            "algorithms",
            "status_list_base",
            "user_claim",
            "company_claim",
            "scope_claim",
            "audience_claim",
            "types",
            "required_claims");
    private static final String STATUS_LIST_BASE = "status_list_base";
    private static final String WAIVED = ClaimSettings.WAIVED;

    /** What settings say of new keys, too, so that they may well not mean other issuers. */
    private static final List<String> OF_OWN_KEYS = List.of("user_claim", "company_claim");

    private final JsonObject json;
    private final String place;
    private final SettingsReader reader;

    IssuerEntry(JsonObject json, String place, SettingsReader reader) {
        this.json = json;
        this.place = place;
        this.reader = reader;
    }

    void problem(String what) {
        reader.problem(Settings.ISSUERS, place + what);
    }

    boolean has(String member) {
        return json.get(member).isPresent();
    }

    void checkMembers() {
        for (String name : json.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                problem("has an unknown member \"" + SettingsReader.printable(name) + "\". Known: "
                        + String.join(", ", MEMBERS));
            }
        }
    }

    /**
     * The entry with what its preset sets; empty where there is a problem with the preset.
     *
     * @param written the operator's settings, of which those for every issuer go before a preset
     * @param presets gets what the preset has set
     */
    Optional<IssuerEntry> filledIn(SettingsReader written, List<Preset> presets) {
        if (!has(PRESET)) {
            if (has(DOMAIN) || has(TENANT)) {
                problem("has a domain or a tenant, which mean nothing without preset");
            }
            return Optional.of(this);
        }
        Optional<Preset> preset = read(
                PRESET,
                text(PRESET).orElse(""),
                name -> Presets.of(name, text(DOMAIN).orElse(""), text(TENANT).orElse("")));
        if (preset.isEmpty()) {
            return Optional.empty();
        }
        Map<String, JsonValue> all = new LinkedHashMap<>(json.members());
        Map<String, List<String>> set = set(preset.get(), written);
        set.forEach((member, values) ->
                all.put(member, values.size() == 1 ? new JsonString(values.get(0)) : array(values)));
        List<String> required = has(Preset.REQUIRED)
                ? list(Preset.REQUIRED)
                : withoutWaiver(written.quotedList(Settings.REQUIRED_CLAIMS));
        List<String> beside = preset.get().requiredBeside(required);
        if (!beside.isEmpty()) {
            set.put(Preset.REQUIRED, beside);
            all.put(Preset.REQUIRED, array(Preset.joined(required, beside)));
        }
        if (!all.containsKey("audience")) {
            problem("needs an audience: " + preset.get().audience());
            return Optional.empty();
        }
        presets.add(new Preset(preset.get().provider(), set, preset.get().audience()));
        return Optional.of(new IssuerEntry(new JsonObject(all), place, reader));
    }

    /** What the preset sets: nothing that the entry says itself, nor what a setting says of every issuer. */
    private Map<String, List<String>> set(Preset preset, SettingsReader written) {
        Map<String, List<String>> set = new LinkedHashMap<>(preset.members());
        set.keySet().removeAll(json.members().keySet());
        set.remove(Preset.REQUIRED);
        if (has("verify_key")) {
            set.remove("jwks_uri");
        }
        Preset.OF_EVERY_ISSUER.forEach((member, setting) -> {
            List<String> said = written.quotedList(setting);
            List<String> values = set.get(member);
            if (!said.isEmpty() && values != null) {
                if (OF_OWN_KEYS.contains(member) && !said.equals(values)) {
                    problem("has no " + member + ": " + setting + ", which new keys have, too, is not that of "
                            + preset.provider() + ", " + String.join(", ", values) + ". Add " + member);
                }
                set.remove(member);
            }
        });
        return set;
    }

    private static JsonArray array(List<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList());
    }

    /** Its issuers; none where there is a problem. */
    List<String> issuers() {
        if (!has("issuer")) {
            problem("names no issuer");
            return List.of();
        }
        List<String> issuers = texts(json.get("issuer").orElse(JsonValue.NULL));
        if (issuers.isEmpty() || issuers.stream().anyMatch(String::isBlank)) {
            problem("needs issuer to be a text that is not blank, or an array of such");
            return List.of();
        }
        for (String issuer : issuers) {
            if (!issuer.matches("\\P{Cntrl}{1,256}") || WAIVED.equals(issuer)) {
                problem("needs an issuer of at most 256 characters, no control characters among them, and not *");
                return List.of();
            }
        }
        return issuers;
    }

    /** What must hold for its tokens; empty where there is a problem. */
    Optional<VerificationRules> rules(List<String> issuers, VerificationRules others) {
        Optional<Expected> audience = audience();
        Optional<ClaimMapping> claims = claims(others.claims());
        List<String> types = list("types");
        List<RequiredClaim> required = new ArrayList<>();
        for (String text : list("required_claims")) {
            if (!text.equals(WAIVED) || !has(PRESET)) {
                read("required_claims", text, ClaimSettings::required).ifPresent(required::add);
            }
        }
        boolean isWaivedAlone = list("required_claims").equals(List.of(WAIVED));
        Optional<Expected> issuer = issuers.isEmpty() ? Optional.empty() : read("issuer", issuers, Expected::issuers);
        if (audience.isEmpty() || issuer.isEmpty() || claims.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VerificationRules(
                issuer.get(),
                audience.get(),
                others.clockSkew(),
                claims.get(),
                types.isEmpty() ? others.types() : types.contains(WAIVED) ? TokenTypes.ANY : TokenTypes.of(types),
                others.maxLifetime(),
                has("required_claims") && !isWaivedAlone ? required : others.requiredClaims()));
    }

    /** What the setting takes back, it takes back of ISSUER_PRESET alone. */
    private static List<String> withoutWaiver(List<String> required) {
        return required.stream().filter(entry -> !entry.equals(WAIVED)).toList();
    }

    private Optional<ClaimMapping> claims(ClaimMapping others) {
        Optional<IdClaim> user = id("user_claim", others.user());
        Optional<IdClaim> company = id("company_claim", others.company());
        Optional<List<ClaimPath>> scopes = claims("scope_claim", others.scopes());
        Optional<List<ClaimPath>> audience = claims("audience_claim", others.audience());
        return user.isPresent() && company.isPresent() && scopes.isPresent() && audience.isPresent()
                ? Optional.of(new ClaimMapping(user.get(), company.get(), scopes.get(), audience.get()))
                : Optional.empty();
    }

    private Optional<IdClaim> id(String member, IdClaim usual) {
        return has(member) ? read(member, list(member), ClaimSettings::id) : Optional.of(usual);
    }

    private Optional<List<ClaimPath>> claims(String member, List<ClaimPath> usual) {
        return has(member)
                ? read(
                        member,
                        list(member),
                        entries -> entries.stream()
                                .map(Quoted::plain)
                                .map(ClaimPath::parse)
                                .toList())
                : Optional.of(usual);
    }

    private <T, R> Optional<R> read(String member, T text, Function<T, R> reading) {
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException e) {
            problem(member + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Expected> audience() {
        JsonValue audience = json.get("audience").orElse(JsonValue.NULL);
        if (audience instanceof JsonString text && text.value().equals(WAIVED)) {
            return Optional.of(new Expected.Anything());
        }
        List<String> values = texts(audience);
        if (values.isEmpty() || values.contains(WAIVED) || values.stream().anyMatch(String::isBlank)) {
            problem("needs an audience: a text, an array of texts, or \"*\", which waives the check");
            return Optional.empty();
        }
        return Optional.of(new Expected.OneOf(values));
    }

    @Nullable
    StatusListBase statusListBase() {
        Optional<String> text = text(STATUS_LIST_BASE);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return new StatusListBase(text.get());
        } catch (UnusableAddressException e) {
            problem(STATUS_LIST_BASE + " " + e.getMessage());
            return null;
        }
    }

    /** The allow-list, which is empty where the entry has none; nothing where it does not work. */
    Optional<Set<Algorithm>> algorithms() {
        Optional<JsonValue> listed = json.get("algorithms");
        if (listed.isEmpty()) {
            return Optional.of(Set.of());
        }
        Set<Algorithm> algorithms = new LinkedHashSet<>();
        List<String> names = listed.get() instanceof JsonArray ? texts(listed.get()) : List.of();
        names.forEach(name -> Algorithm.namedInAnyCase(name).ifPresent(algorithms::add));
        if (names.isEmpty() || algorithms.size() < names.size()) {
            problem("needs algorithms to be an array, each once, of " + Algorithm.names());
            return Optional.empty();
        }
        return Optional.of(algorithms);
    }

    Optional<String> text(String member) {
        Optional<String> text = json.string(member).filter(value -> !value.isBlank());
        if (text.isEmpty() && has(member)) {
            problem("needs " + member + " to be a text that is not blank");
        }
        return text;
    }

    /** A text, which separates values by commas as a setting does, or an array of texts; none where it is absent. */
    private List<String> list(String member) {
        JsonValue value = json.get(member).orElse(JsonValue.NULL);
        List<String> values = value instanceof JsonString text
                ? read(member, text.value(), list -> Quoted.split(list, ',')).orElse(List.of())
                : texts(value);
        if (has(member) && (values.isEmpty() || values.stream().anyMatch(String::isBlank))) {
            problem("needs " + member + " to be a text, or an array of texts, none of them blank");
            return List.of();
        }
        return values;
    }

    /** A text alone, or the texts of an array; none where there is anything else among them. */
    private static List<String> texts(JsonValue json) {
        List<JsonValue> values = json instanceof JsonArray array ? array.elements() : List.of(json);
        return values.stream().allMatch(JsonString.class::isInstance)
                ? values.stream().map(value -> ((JsonString) value).value()).toList()
                : List.of();
    }
}

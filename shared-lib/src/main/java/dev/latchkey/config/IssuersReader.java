package dev.latchkey.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.jwt.Expected;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.status.StatusListBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the setting that lists several issuers in JSON, and collects its problems. */
final class IssuersReader {

    private static final Setting SETTING = Settings.ISSUERS;

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 4);
    private static final int MAX_ISSUERS = 50;
    private static final List<String> MEMBERS =
            List.of("issuer", "audience", "jwks_uri", "verify_key", "algorithms", "status_list_base");
    private static final String STATUS_LIST_BASE = "status_list_base";
    private static final String WAIVED = "*";

    private final SettingsReader reader;
    private final Secrets secrets;
    private final Set<String> issuers = new HashSet<>();

    IssuersReader(SettingsReader reader, Secrets secrets) {
        this.reader = reader;
        this.secrets = secrets;
    }

    /** The issuers that the text lists. What does not work is a problem, and left out. */
    List<IssuerSettings> read(String text) {
        JsonValue json;
        try {
            json = JsonReader.read(text.getBytes(UTF_8), LIMITS);
        } catch (JsonSyntaxException e) {
            reader.problem(SETTING, "is not a JSON array: " + e.getMessage());
            return List.of();
        }
        if (!(json instanceof JsonArray array)
                || array.elements().isEmpty()
                || array.elements().size() > MAX_ISSUERS) {
            reader.problem(
                    SETTING,
                    "needs a JSON array of 1 to " + MAX_ISSUERS
                            + " issuers, such as [{\"issuer\":\"https://a.example\",\"audience\":[\"orders\"]}]");
            return List.of();
        }
        List<IssuerSettings> read = new ArrayList<>();
        for (int i = 0; i < array.elements().size(); i++) {
            entry(array.elements().get(i), "entry " + (i + 1) + " ").ifPresent(read::add);
        }
        return read;
    }

    private Optional<IssuerSettings> entry(JsonValue json, String place) {
        if (!(json instanceof JsonObject entry)) {
            problem(place, "is not a JSON object");
            return Optional.empty();
        }
        for (String name : entry.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                problem(
                        place,
                        "has an unknown member \"" + SettingsReader.printable(name) + "\". Known: "
                                + String.join(", ", MEMBERS));
            }
        }
        Optional<String> issuer = issuer(entry, place);
        Optional<Expected> audience = audience(entry, place);
        Optional<KeySource<KeySet>> keys = keys(entry, issuer, algorithms(entry, place), place);
        StatusListBase base = statusListBase(entry, place);
        return issuer.isPresent() && audience.isPresent() && keys.isPresent()
                ? Optional.of(new IssuerSettings(issuer.get(), audience.get(), keys.get(), base))
                : Optional.empty();
    }

    private Optional<String> issuer(JsonObject entry, String place) {
        if (entry.get("issuer").isEmpty()) {
            problem(place, "names no issuer");
            return Optional.empty();
        }
        Optional<String> issuer = text(entry, "issuer", place);
        if (issuer.isPresent() && (!issuer.get().matches("\\P{Cntrl}{1,256}") || WAIVED.equals(issuer.get()))) {
            problem(place, "needs an issuer of at most 256 characters, no control characters among them, and not *");
            return Optional.empty();
        }
        if (issuer.isPresent() && !issuers.add(issuer.get())) {
            problem(place, "names an issuer that an earlier entry names, too. Remove either");
        }
        return issuer;
    }

    private @Nullable StatusListBase statusListBase(JsonObject entry, String place) {
        Optional<String> text = text(entry, STATUS_LIST_BASE, place);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return new StatusListBase(text.get());
        } catch (UnusableAddressException e) {
            problem(place, STATUS_LIST_BASE + " " + e.getMessage());
            return null;
        }
    }

    private Optional<Expected> audience(JsonObject entry, String place) {
        JsonValue audience = entry.get("audience").orElse(JsonValue.NULL);
        if (audience instanceof JsonString text && text.value().equals(WAIVED)) {
            return Optional.of(new Expected.Anything());
        }
        List<String> values = texts(audience);
        if (values.isEmpty() || values.contains(WAIVED) || values.stream().anyMatch(String::isBlank)) {
            problem(place, "needs an audience: a text, an array of texts, or \"*\", which waives the check");
            return Optional.empty();
        }
        return Optional.of(new Expected.OneOf(values));
    }

    /** The allow-list, which is empty where the entry has none; nothing where it does not work. */
    private Optional<Set<Algorithm>> algorithms(JsonObject entry, String place) {
        Optional<JsonValue> listed = entry.get("algorithms");
        if (listed.isEmpty()) {
            return Optional.of(Set.of());
        }
        Set<Algorithm> algorithms = new LinkedHashSet<>();
        List<String> names = listed.get() instanceof JsonArray ? texts(listed.get()) : List.of();
        names.forEach(name -> Algorithm.namedInAnyCase(name).ifPresent(algorithms::add));
        if (names.isEmpty() || algorithms.size() < names.size()) {
            problem(place, "needs algorithms to be an array, each once, of " + Algorithm.names());
            return Optional.empty();
        }
        return Optional.of(algorithms);
    }

    private Optional<KeySource<KeySet>> keys(
            JsonObject entry, Optional<String> issuer, Optional<Set<Algorithm>> algorithms, String place) {
        Optional<String> jwksUri = text(entry, "jwks_uri", place);
        Optional<String> verifyKey = text(entry, "verify_key", place);
        if (entry.get("jwks_uri").isPresent() && entry.get("verify_key").isPresent()) {
            problem(place, "has both jwks_uri and verify_key. Remove either");
            return Optional.empty();
        }
        if (algorithms.isEmpty()) {
            return Optional.empty();
        }
        Set<Algorithm> allowed = algorithms.get();
        if (verifyKey.isPresent()) {
            return key(
                    place + "verify_key ",
                    () -> KeySource.fixed(VerificationSettings.publicKeySet(verifyKey.get(), allowed, null)));
        }
        if (!allowed.isEmpty() && allowed.stream().allMatch(Algorithm::isSymmetric)) {
            problem(place, "allows secrets only, which are never taken from the network. Allow RS256 or another");
            return Optional.empty();
        }
        if (jwksUri.isPresent()) {
            return key(
                    place + "jwks_uri ",
                    () -> RemoteKeys.at(jwksUri.get(), allowed, secrets.clock(), secrets.listener()));
        }
        boolean discovered =
                entry.get("jwks_uri").isEmpty() && entry.get("verify_key").isEmpty();
        return issuer.filter(address -> discovered)
                .flatMap(address -> key(
                        place + "has neither jwks_uri nor verify_key, and its issuer ",
                        () -> RemoteKeys.discovered(address, allowed, secrets.clock(), secrets.listener())));
    }

    private Optional<KeySource<KeySet>> key(String place, Supplier<KeySource<KeySet>> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidKeyMaterialException | UnusableAddressException e) {
            problem(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<String> text(JsonObject entry, String name, String place) {
        Optional<String> text = entry.string(name).filter(value -> !value.isBlank());
        if (text.isEmpty() && entry.get(name).isPresent()) {
            problem(place, "needs " + name + " to be a text that is not blank");
        }
        return text;
    }

    /** A text alone, or the texts of an array; none where there is anything else among them. */
    private static List<String> texts(JsonValue json) {
        List<JsonValue> values = json instanceof JsonArray array ? array.elements() : List.of(json);
        return values.stream().allMatch(JsonString.class::isInstance)
                ? values.stream().map(value -> ((JsonString) value).value()).toList()
                : List.of();
    }

    private void problem(String place, String what) {
        reader.problem(SETTING, place + what);
    }
}

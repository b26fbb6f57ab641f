package dev.latchkey.config;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads settings from environment variables and collects every problem, so that one look at the log shows all of them.
 *
 * <p>A setting has two spellings: its name, and the name behind {@code PLUGIN_}. Blank counts as unset; both spellings
 * with different values are a problem. Values are taken without the white space around them.
 */
public final class SettingsReader {

    private static final int MAX_SHOWN = 24;

    /** What stands for bytes that are no text (Unicode Standard, section 23.8). */
    private static final char REPLACEMENT = '\ufffd';

    private static final String SECRET_ID = "([A-Za-z0-9/_+=.@!-]{1,512}"
            + "|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]{1,519})"
            + "(:[A-Za-z0-9_.-]{1,256}(::)?)?";

    private final Map<String, String> environment;
    private final Map<Setting, String> filledIn = new HashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    /** Reads from these variables. */
    public SettingsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The value of a setting, given in either spelling; empty where it is unset or blank. */
    public Optional<String> text(Setting setting) {
        Optional<String> prefixed = variable(setting.prefixed());
        Optional<String> bare = variable(setting.plain());
        if (prefixed.isPresent() && bare.isPresent() && !prefixed.equals(bare)) {
            problem(
                    setting,
                    setting.prefixed() + " and " + setting.plain() + " are both set, to different values. Remove one");
        }
        Optional<String> given = prefixed.isPresent() ? prefixed : bare;
        if (given.isPresent() && given.get().indexOf(REPLACEMENT) >= 0) {
            problem(
                    setting,
                    "holds characters that did not survive the environment, whose locale is not UTF-8 (U+FFFD)."
                            + " Write it in ASCII, or set LC_ALL=C.UTF-8; a key may stand in Secrets Manager instead");
        }
        String filled = filledIn.get(setting);
        return filled == null ? given : Optional.of(filled);
    }

    /** Gives a setting a value, which takes the place of its own. */
    void fill(Setting setting, String value) {
        filledIn.put(setting, value);
    }

    /** The settings as the operator wrote them, without what is filled in. Their problems are this reader's to tell. */
    SettingsReader asWritten() {
        return new SettingsReader(environment);
    }

    /** Tells whether a setting is there, even if blank. */
    public boolean isDeclared(Setting setting) {
        return environment.containsKey(setting.prefixed()) || environment.containsKey(setting.plain());
    }

    /** The values of a setting that separates them by commas; empty where it is unset or blank. */
    public List<String> list(Setting setting) {
        List<String> values = new ArrayList<>();
        for (String value : text(setting).orElse("").split(",", -1)) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }

    /** The same where a value in double quotes may hold commas: such values as they stand, quotes included. */
    public List<String> quotedList(Setting setting) {
        try {
            List<String> parts = new ArrayList<>(Quoted.split(text(setting).orElse(""), ','));
            parts.removeAll(List.of(""));
            return parts;
        } catch (IllegalArgumentException e) {
            problem(setting, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /**
     * The name or ARN of a secret that a setting holds (Secrets Manager API reference, CreateSecret), with the member of its
     * JSON behind a colon where it names one; empty where it is unset. A value that is neither is a problem, may be the secret itself and is not shown.
     */
    public Optional<String> secretId(Setting setting) {
        Optional<String> id = text(setting);
        if (id.isPresent() && !id.get().matches(SECRET_ID)) {
            problem(setting, "is neither the name nor the ARN of a secret in Secrets Manager");
        }
        return id;
    }

    /**
     * The address that a setting holds: https, or plain http to this machine, with its scheme and without a query; empty
     * where it is unset or, which is a problem, another one.
     */
    public Optional<URI> address(Setting setting) {
        Optional<URI> address = text(setting)
                .flatMap(text -> key(setting, () -> RemoteUri.readAbsolute(text).uri()));
        if (address.isPresent() && address.get().getRawQuery() != null) {
            problem(setting, "has a query, which a base address cannot have. Remove it");
        }
        return address;
    }

    /** The key id that a setting holds; empty where it is unset or, which is a problem, not one that a key may have. */
    public Optional<String> kid(Setting setting) {
        Optional<String> kid = text(setting);
        if (kid.isPresent() && !KeyId.isUsable(kid.get())) {
            problem(setting, "needs 1 to " + KeyId.MAX_LENGTH + " characters, no control characters among them");
            return Optional.empty();
        }
        return kid;
    }

    /** The algorithm that a setting names, in any case; empty where it is unset, or names none, which is a problem. */
    public Optional<Algorithm> algorithm(Setting setting) {
        Optional<String> value = text(setting);
        return value.isPresent() ? algorithm(setting, value.get()) : Optional.empty();
    }

    /**
     * The algorithms that a setting lists; empty where it is unset. A setting that is there but blank is a problem: it
     * must never mean all.
     */
    public Set<Algorithm> algorithms(Setting setting) {
        if (list(setting).isEmpty() && isDeclared(setting)) {
            problem(setting, "is blank. Name the allowed algorithms, or remove it to go by the keys");
        }
        return new LinkedHashSet<>(algorithmsInOrder(setting));
    }

    /** The algorithms that a setting lists, as it lists them; empty where it is unset or blank. */
    List<Algorithm> algorithmsInOrder(Setting setting) {
        List<Algorithm> algorithms = new ArrayList<>();
        for (String value : list(setting)) {
            Optional<Algorithm> algorithm = algorithm(setting, value);
            if (algorithm.isPresent()) {
                algorithms.add(algorithm.get());
            }
        }
        return algorithms;
    }

    private Optional<Algorithm> algorithm(Setting setting, String value) {
        Optional<Algorithm> algorithm = Algorithm.namedInAnyCase(value);
        if (algorithm.isEmpty()) {
            problem(setting, "unknown algorithm \"" + printable(value) + "\". Supported: " + Algorithm.names());
        }
        return algorithm;
    }

    /** The whole number that a setting holds; its default where it is unset or, which is a problem, out of bounds. */
    public int number(Setting setting) {
        Optional<String> text = text(setting);
        if (text.isPresent()) {
            int number = text.get().matches("[0-9]{1,9}") ? Integer.parseInt(text.get()) : -1;
            if (number >= setting.least() && number <= setting.most()) {
                return number;
            }
            problem(
                    setting,
                    "needs a whole number from " + setting.bounds() + ", got \"" + printable(text.get()) + "\"");
        }
        return Integer.parseInt(setting.usual());
    }

    /** The duration that a setting holds; empty where it is unset or, which is a problem, none or out of bounds. */
    public Optional<Duration> duration(Setting setting) {
        Optional<String> text = text(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration duration = Lifetime.parse(text.get());
            if (duration.toSeconds() >= setting.least() && duration.toSeconds() <= setting.most()) {
                return Optional.of(duration);
            }
            problem(setting, "needs " + setting.bounds());
        } catch (IllegalArgumentException e) {
            problem(setting, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Tells whether a choice holds its default, in any case, which it also does where it is unset. */
    public boolean isUsual(Setting setting) {
        String value = text(setting).orElse(setting.usual());
        if (!value.equalsIgnoreCase(setting.usual()) && !value.equalsIgnoreCase(setting.other())) {
            problem(setting, "needs " + setting.usual() + " (the default) or " + setting.other());
        }
        return !value.equalsIgnoreCase(setting.other());
    }

    /** What a key setting is turned into; empty, and a problem, where the text is no usable key. */
    public <K> Optional<K> key(Setting setting, Supplier<K> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidKeyMaterialException | UnusableAddressException e) {
            problem(setting, e.getMessage() == null ? "is not a key" : e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes a problem of a setting. The text must not hold a secret. */
    public void problem(Setting setting, String what) {
        problems.add(setting.name() + ": " + what);
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException if there was any problem, or a variable that looks like a setting and is none: a
     *     misspelt rule must not be a waived one. Those of {@linkplain #ofAnotherRelease another release} are let pass
     */
    public void throwIfAnyProblem() {
        List<String> misspelt = misspelt();
        dropWhatFollowsFrom(misspelt);
        for (String name : misspelt) {
            problems.add(name + ": is not a setting. Correct its spelling or remove it"
                    + Misspelling.meant(name)
                            .map(meant -> ". Is " + meant + " meant?")
                            .orElse(""));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(List.copyOf(problems));
        }
    }

    /**
     * The variables that are no settings here, where the template says that they are of another release's: while a stack is
     * updated, Lambda runs the code of one with the variables of the other. One that looks like a setting's misspelling is
     * not among them.
     */
    public List<String> ofAnotherRelease() {
        List<String> others = new ArrayList<>();
        if (SettingsRelease.isAnother(environment)) {
            for (String name : unknown()) {
                if (Misspelling.meant(name).isEmpty()) {
                    others.add(name);
                }
            }
        }
        return others;
    }

    private List<String> misspelt() {
        List<String> misspelt = unknown();
        misspelt.removeAll(ofAnotherRelease());
        return misspelt;
    }

    private List<String> unknown() {
        List<String> misspelt = new ArrayList<>();
        String provider = text(Settings.PROVIDER).orElse("");
        for (String name : new TreeSet<>(environment.keySet())) {
            if (Settings.isMisspelt(name) || Settings.isMisspelt(name, provider)) {
                misspelt.add(name);
            }
        }
        return misspelt;
    }

    /** A setting that is not set since it is misspelt is one problem, and not two. */
    private void dropWhatFollowsFrom(List<String> misspelt) {
        for (String name : misspelt) {
            Optional<Setting> meant =
                    Misspelling.meant(name).filter(setting -> text(setting).isEmpty());
            if (meant.isPresent()) {
                Pattern named = Pattern.compile("\\b" + meant.get().name() + "\\b");
                problems.removeIf(problem ->
                        problem.contains("not set") && named.matcher(problem).find());
            }
        }
    }

    /**
     * Ends the reading with a further one.
     *
     * @throws SettingsException if there was any problem in either; the message lists those of both
     */
    public <T> T throwIfAnyProblemWith(Supplier<T> further) {
        T result;
        try {
            result = further.get();
        } catch (SettingsException e) {
            dropWhatFollowsFrom(misspelt());
            Set<String> all = new LinkedHashSet<>(e.problems());
            all.addAll(problems);
            throw new SettingsException(List.copyOf(all));
        }
        throwIfAnyProblem();
        return result;
    }

    /** The value of a variable that is AWS's and not a setting: under this name only, as it stands, empty where unset. */
    String variableOfAws(String name) {
        return environment.getOrDefault(name, "");
    }

    private Optional<String> variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    /** A value as a message may show it: without control characters, and not at all where it is long enough for a secret. */
    public static String printable(String value) {
        return value.length() <= MAX_SHOWN
                ? value.replaceAll("[^\\x20-\\x7e]", "?")
                : "a value of " + value.length() + " characters";
    }
}

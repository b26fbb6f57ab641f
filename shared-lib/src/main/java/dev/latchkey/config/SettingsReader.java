package dev.latchkey.config;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyId;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads settings from environment variables and collects every problem, so that one look at the log shows all of them.
 *
 * <p>A setting has two spellings: its name, and the name behind {@code PLUGIN_}. Blank counts as unset; both spellings
 * with different values are a problem. Values are taken without the white space around them.
 */
public final class SettingsReader {

    private static final String PREFIX = "PLUGIN_";
    private static final int MAX_SHOWN = 24;
    private static final String SECRET_ID = "[A-Za-z0-9/_+=.@!-]{1,512}"
            + "|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]{1,519}";

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    /** Reads from these variables. */
    public SettingsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The value of a setting, given in either spelling; empty where it is unset or blank. */
    public Optional<String> text(String name) {
        String plain = plain(name);
        Optional<String> prefixed = variable(PREFIX + plain);
        Optional<String> bare = variable(plain);
        if (prefixed.isPresent() && bare.isPresent() && !prefixed.equals(bare)) {
            problem(name, PREFIX + plain + " and " + plain + " are both set, to different values. Remove one");
        }
        return prefixed.isPresent() ? prefixed : bare;
    }

    /** Tells whether a setting is there, even if blank. */
    public boolean isDeclared(String name) {
        return environment.containsKey(PREFIX + plain(name)) || environment.containsKey(plain(name));
    }

    /** The values of a setting that separates them by commas; empty where it is unset or blank. */
    public List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (String value : text(name).orElse("").split(",", -1)) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }

    /**
     * The name or ARN of a secret that a setting holds (Secrets Manager API reference, CreateSecret); empty where it is
     * unset. A value that is neither is a problem, may be the secret itself and is not shown.
     */
    public Optional<String> secretId(String name) {
        Optional<String> id = text(name);
        if (id.isPresent() && !id.get().matches(SECRET_ID)) {
            problem(name, "is neither the name nor the ARN of a secret in Secrets Manager");
        }
        return id;
    }

    /**
     * The address that a setting holds: https, or plain http to this machine, with its scheme and without a query; empty
     * where it is unset or, which is a problem, another one.
     */
    public Optional<URI> address(String name) {
        Optional<URI> address = text(name)
                .flatMap(text -> key(name, () -> RemoteUri.readAbsolute(text).uri()));
        if (address.isPresent() && address.get().getRawQuery() != null) {
            problem(name, "has a query, which a base address cannot have. Remove it");
        }
        return address;
    }

    /** The key id that a setting holds; empty where it is unset or, which is a problem, not one that a key may have. */
    public Optional<String> kid(String name) {
        Optional<String> kid = text(name);
        if (kid.isPresent() && !KeyId.isUsable(kid.get())) {
            problem(name, "needs 1 to " + KeyId.MAX_LENGTH + " characters, no control characters among them");
            return Optional.empty();
        }
        return kid;
    }

    /** The algorithm that a setting names, in any case; empty where it is unset, or names none, which is a problem. */
    public Optional<Algorithm> algorithm(String name) {
        return text(name).flatMap(value -> algorithm(name, value));
    }

    /**
     * The algorithms that a setting lists; empty where it is unset. A setting that is there but blank is a problem: it
     * must never mean all.
     */
    public Set<Algorithm> algorithms(String name) {
        List<String> values = list(name);
        if (values.isEmpty() && isDeclared(name)) {
            problem(name, "is blank. Name the allowed algorithms, or remove it to go by the keys");
        }
        Set<Algorithm> algorithms = new LinkedHashSet<>();
        for (String value : values) {
            Optional<Algorithm> algorithm = algorithm(name, value);
            if (algorithm.isPresent()) {
                algorithms.add(algorithm.get());
            }
        }
        return algorithms;
    }

    private Optional<Algorithm> algorithm(String name, String value) {
        Optional<Algorithm> algorithm = Algorithm.namedInAnyCase(value);
        if (algorithm.isEmpty()) {
            problem(name, "unknown algorithm \"" + printable(value) + "\". Supported: " + Algorithm.names());
        }
        return algorithm;
    }

    /** The whole number that a setting holds; the default where it is unset or, which is a problem, out of range. */
    public int number(String name, int ofDefault, int min, int max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return ofDefault;
        }
        if (text.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        problem(name, "needs a whole number from " + min + " to " + max + ", got \"" + printable(text.get()) + "\"");
        return ofDefault;
    }

    /** Tells whether a setting holds the first of two words, in any case, which it also does where it is unset. */
    public boolean isFirst(String name, String first, String second) {
        String value = text(name).orElse(first);
        if (!value.equalsIgnoreCase(first) && !value.equalsIgnoreCase(second)) {
            problem(name, "needs " + first + " (the default) or " + second);
        }
        return !value.equalsIgnoreCase(second);
    }

    /** What a key setting is turned into; empty, and a problem, where the text is no usable key. */
    public <K> Optional<K> key(String name, Supplier<K> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidKeyMaterialException | UnusableAddressException e) {
            problem(name, e.getMessage() == null ? "is not a key" : e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes a problem of a setting. The text must not hold a secret. */
    public void problem(String name, String what) {
        problems.add(name + ": " + what);
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException if there was any problem, or a variable that looks like a setting and is none: a
     *     misspelt rule must not be a waived one
     */
    public void throwIfAnyProblem() {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (KnownSettings.isMisspelt(plain(name))) {
                problem(name, "is not a setting. Correct its spelling or remove it");
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
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

    private static String plain(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /** A value as a message may show it: without control characters, and not at all where it is long enough for a secret. */
    public static String printable(String value) {
        return value.length() <= MAX_SHOWN
                ? value.replaceAll("[^\\x20-\\x7e]", "?")
                : "a value of " + value.length() + " characters";
    }
}

package dev.latchkey.provisioning;

import dev.latchkey.config.Secrets;
import dev.latchkey.http.HttpSender;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a plugin may use. {@code toString()} shows no values.
 *
 * @param environment the environment variables
 * @param secrets where secrets are kept
 * @param records opens the table of that name or ARN as far as requests go; called only when a setting names one
 * @param tables opens the table of that name or ARN; called only when a setting names one
 * @param http sends requests to other systems within bounds: of time and length, and redirects are not followed
 */
public record PluginContext(
        Map<String, String> environment,
        Secrets secrets,
        Function<String, IdempotencyRecords> records,
        Function<String, KeyTable> tables,
        HttpSender http) {
    /** Copies the variables. */
    public PluginContext {
        environment = Map.copyOf(environment);
    }

    /** A context that sends requests as {@link HttpSender#bounded()} does. */
    public PluginContext(
            Map<String, String> environment,
            Secrets secrets,
            Function<String, IdempotencyRecords> records,
            Function<String, KeyTable> tables) {
        this(environment, secrets, records, tables, HttpSender.bounded());
    }

    /** A context without a table of keys, for a plugin that needs none. */
    public PluginContext(
            Map<String, String> environment, Secrets secrets, Function<String, IdempotencyRecords> records) {
        this(environment, secrets, records, table -> {
            throw new IllegalStateException("there is no table of keys");
        });
    }

    /**
     * Reads a setting as the portal's plugins do: the variable of that name, or, where it is unset or empty, the one
     * without {@code PLUGIN_}.
     *
     * @param name the variable's name, such as {@code PLUGIN_JWT_SECRET}
     */
    public Optional<String> getConfig(String name) {
        return variable(name).or(() -> variable(name.replaceFirst("PLUGIN_", "")));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "plugin context of " + environment.size() + " variables";
    }
}

package dev.latchkey.gateways;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.gateways.GatewayPlugin.Connection;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.keys.KeySource;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.RequestMemory;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads the settings of a gateway's plugin; every problem is told at once. */
final class GatewaySettings {

    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.:/-]{3,400}");
    private static final String NOTHING = "https://unset.invalid";

    private final PluginContext context;
    private final SettingsReader reader;

    GatewaySettings(PluginContext context) {
        this.context = context;
        this.reader = new SettingsReader(context.environment());
    }

    /** The text of a setting that must be there. */
    String required(Setting setting, String remedy) {
        Optional<String> text = reader.text(setting);
        if (text.isEmpty()) {
            reader.problem(setting, "is not set. " + remedy);
        }
        return text.orElse("");
    }

    /** The text of a setting, or its default. */
    String text(Setting setting) {
        return reader.text(setting).orElse(setting.usual());
    }

    /** The same, which must have this form. */
    String text(Setting setting, Pattern form, String needed) {
        String text = text(setting);
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            reader.problem(setting, needed + ", got \"" + SettingsReader.printable(text) + "\"");
        }
        return text;
    }

    /** The address in a setting that has a default or must be there: https, or plain http to the host that may. */
    RemoteUri address(Setting setting, String remedy) {
        String plainHost = text(Settings.GATEWAY_PLAIN_HTTP, HOST, "needs one host without scheme and port");
        String text = setting.usual().isEmpty() ? required(setting, remedy) : text(setting);
        String written = text.isEmpty() ? NOTHING : text.contains("://") ? text : "https://" + text;
        RemoteUri address = reader.key(setting, () -> RemoteUri.readAbsolute(written, plainHost))
                .orElseGet(() -> RemoteUri.readAbsolute(NOTHING));
        if (address.uri().getRawQuery() != null) {
            reader.problem(setting, "has a query, which a base address cannot have. Remove it");
        }
        return address;
    }

    /**
     * The gateway's secret: the setting's own value, or that of the secret which {@code PLUGIN_GATEWAY_SECRET_ID} names, read
     * when it is first needed and again within a minute; empty where neither is set.
     */
    Optional<Supplier<String>> secret(Setting setting) {
        Optional<String> given = reader.text(setting);
        Optional<String> secretId = reader.secretId(Settings.GATEWAY_SECRET_ID);
        if (given.isPresent() && secretId.isPresent()) {
            reader.problem(setting, Settings.GATEWAY_SECRET_ID + " is set, too. Remove one");
        }
        if (given.isPresent()) {
            if (!SECRET.matcher(given.get()).matches()) {
                reader.problem(setting, "holds characters that no such secret has: spaces, line breaks, or not ASCII");
            }
            return Optional.of(given::get);
        }
        if (secretId.isEmpty()) {
            return Optional.empty();
        }
        KeySource<String> source = context.secrets().text(secretId.get());
        return Optional.of(() -> checked(source.current()));
    }

    /** The same, which must be there. */
    Supplier<String> requiredSecret(Setting setting) {
        Optional<Supplier<String>> secret = secret(setting);
        if (secret.isEmpty()) {
            reader.problem(setting, "is not set, nor is " + Settings.GATEWAY_SECRET_ID + ". Set one");
        }
        return secret.orElse(() -> "");
    }

    private static String checked(String secret) {
        if (!SECRET.matcher(secret).matches()) {
            throw new GatewayException("the secret that " + Settings.GATEWAY_SECRET_ID
                    + " names holds characters that no such secret has: spaces, line breaks, or not ASCII");
        }
        return secret;
    }

    /** The reader, for problems of a plugin's own. */
    SettingsReader reader() {
        return reader;
    }

    Clock clock() {
        return context.secrets().clock();
    }

    /**
     * Ends the reading.
     *
     * @param gateway made once all settings do
     * @throws dev.latchkey.config.SettingsException if there was any problem
     */
    Connection connect(Supplier<Gateway> gateway) {
        int maxKeys = reader.number(Settings.MAX_KEYS);
        String table = text(Settings.KEYS_TABLE, TABLE, "is neither the name nor the ARN of a DynamoDB table");
        reader.throwIfAnyProblem();
        RequestMemory memory =
                table.isEmpty() ? null : new RequestMemory(context.records().apply(table), clock());
        return new Connection(gateway.get(), memory, maxKeys, clock());
    }
}

package dev.latchkey.provisioning;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the plugin that {@code PLUGIN_APIM_PROVIDER} names, among all that the class path offers. */
public final class PluginLoader {

    private final Iterable<ProvisioningPlugin> plugins;

    PluginLoader(Iterable<ProvisioningPlugin> plugins) {
        this.plugins = plugins;
    }

    /** Looks in the class path of this library and, through the thread's class loader, of the function. */
    public static PluginLoader ofClassPath() {
        return new PluginLoader(ServiceLoader.load(ProvisioningPlugin.class));
    }

    /**
     * The chosen plugin, configured; the JWT plugin where none is chosen.
     *
     * @throws SettingsException if no plugin or more than one has that name, or its settings do not work
     */
    public ProvisioningPlugin load(PluginContext context) {
        SettingsReader reader = new SettingsReader(context.environment());
        String wanted =
                reader.text(Settings.PROVIDER).orElse(Settings.PROVIDER.usual()).toLowerCase(Locale.ROOT);
        reader.throwIfAnyProblem();
        List<String> slugs = new ArrayList<>();
        List<ProvisioningPlugin> found = new ArrayList<>();
        try {
            for (ProvisioningPlugin plugin : plugins) {
                slugs.add(plugin.slug());
                if (isNamed(plugin, wanted)) {
                    found.add(plugin);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new SettingsException(List.of("a provisioning plugin on the class path cannot be loaded: "
                    + e.getMessage() + (e.getCause() == null ? "" : ", because of " + e.getCause())));
        }
        if (found.size() != 1) {
            throw new SettingsException(List.of(Settings.PROVIDER + ": "
                    + (found.isEmpty() ? "no plugin" : "more than one plugin") + " is called \""
                    + SettingsReader.printable(wanted)
                    + "\". Found on the class path: " + String.join(", ", slugs)));
        }
        found.get(0).configure(context);
        return found.get(0);
    }

    private static boolean isNamed(ProvisioningPlugin plugin, String wanted) {
        return plugin.slug().equalsIgnoreCase(wanted)
                || plugin.aliases().stream().anyMatch(alias -> alias.equalsIgnoreCase(wanted));
    }
}

package dev.latchkey.moesif;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReader;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Moesif's collector is, and who tells it. {@code toString()} does not show the application id, with which anybody
 * could tell it anything.
 *
 * @param applicationId the Collector Application Id
 * @param baseUri the collector's address, or a proxy's
 */
public record MoesifSettings(String applicationId, URI baseUri) {

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,2048}");

    /** The settings under the names that Moesif's own integrations use; empty where no application id is set. */
    public static Optional<MoesifSettings> read(SettingsReader reader) {
        Optional<String> id = reader.text(Settings.MOESIF_APPLICATION_ID);
        URI baseUri =
                reader.address(Settings.MOESIF_BASE_URI).orElseGet(() -> URI.create(Settings.MOESIF_BASE_URI.usual()));
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            reader.problem(Settings.MOESIF_APPLICATION_ID, "needs 1 to 2048 printable ASCII characters without spaces");
        }
        return id.map(applicationId -> new MoesifSettings(applicationId, baseUri));
    }

    @Override
    public String toString() {
        return "Moesif at " + baseUri;
    }
}

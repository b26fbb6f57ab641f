package dev.latchkey.config;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.jwt.Expected;
import dev.latchkey.status.StatusListBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the status of keys stands.
 *
 * @param base the base of lists that is set; null where the issuers' own addresses are taken
 * @param issuers the issuers, none of the several, whose lists are at their own addresses where no base is set
 * @param isRequired whether such keys must name a list
 * @param maxAge for how long a list is believed when no newer one can be had
 */
public record StatusSettings(@Nullable StatusListBase base, List<String> issuers, boolean isRequired, Duration maxAge) {

    /** Copies the issuers. */
    public StatusSettings {
        issuers = List.copyOf(issuers);
    }

    static StatusSettings read(SettingsReader reader, Expected issuer) {
        boolean isRequired = !reader.isUsual(Settings.STATUS_CLAIM);
        Duration maxAge = reader.duration(Settings.STATUS_MAX_AGE).orElse(usualMaxAge());
        return new StatusSettings(base(reader).orElse(null), issuer.values(), isRequired, maxAge);
    }

    /** Where lists may be, of keys whose issuer is none of the several. */
    List<StatusListBase> bases() {
        if (base != null) {
            return List.of(base);
        }
        List<StatusListBase> bases = new ArrayList<>();
        for (String issuer : issuers) {
            ofIssuer(issuer).ifPresent(bases::add);
        }
        return bases;
    }

    /** The base that is set; empty where it is unset or, which is a problem, no address. */
    static Optional<StatusListBase> base(SettingsReader reader) {
        Optional<String> text = reader.text(Settings.STATUS_LIST_BASE);
        return text.isEmpty()
                ? Optional.empty()
                : reader.key(Settings.STATUS_LIST_BASE, () -> new StatusListBase(text.get()));
    }

    /** The base of an issuer that is an https address, which it is by default; empty for every other. */
    static Optional<StatusListBase> ofIssuer(String issuer) {
        if (!issuer.startsWith("https://") || issuer.indexOf('{') >= 0) {
            return Optional.empty();
        }
        try {
            return RemoteUri.readAbsolute(issuer).uri().getRawQuery() == null
                    ? Optional.of(new StatusListBase(issuer))
                    : Optional.empty();
        } catch (UnusableAddressException e) {
            return Optional.empty();
        }
    }

    private static Duration usualMaxAge() {
        return Duration.ofSeconds(Integer.parseInt(Settings.STATUS_MAX_AGE.usual()));
    }
}

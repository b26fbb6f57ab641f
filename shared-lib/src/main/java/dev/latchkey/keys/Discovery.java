package dev.latchkey.keys;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The key set of an issuer that tells in its metadata where it is (OpenID Connect Discovery 1.0 section 4).
 *
 * <p>The place is asked for again after an hour, and after a key set could not be fetched from it. Not thread-safe:
 * {@link RefreshingKeySource} fetches one at a time.
 */
final class Discovery {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final int MAX_SHOWN = 256;
    private static final JsonLimits LIMITS = new JsonLimits(RemoteKeys.MAX_BYTES, 16);

    private record Found(RemoteUri keys, Instant at) {}

    private final String issuer;
    private final RemoteUri metadata;
    private final Collection<Algorithm> allowed;
    private final Clock clock;
    private @Nullable Found found;

    /**
     * Prepares the discovery; fetches nothing yet.
     *
     * @throws UnusableAddressException if the issuer is not an address from which keys may be fetched
     */
    Discovery(String issuer, Collection<Algorithm> allowed, Clock clock) {
        RemoteUri address = RemoteUri.readAbsolute(issuer);
        if (address.uri().getRawQuery() != null) {
            throw new UnusableAddressException("holds a query, which an issuer must not have");
        }
        this.issuer = issuer;
        this.metadata = RemoteUri.readAbsolute(withoutSlash(issuer) + "/.well-known/openid-configuration");
        this.allowed = allowed;
        this.clock = clock;
    }

    /**
     * The usable keys.
     *
     * @throws KeysUnavailableException if they cannot be had; the message tells why
     */
    KeySet fetch() {
        Found known = found;
        found = null;
        Found now = known != null && isFresh(known)
                ? known
                : new Found(keysUri(RemoteKeys.body(metadata)), clock.instant());
        KeySet keys = RemoteKeys.fetch(now.keys(), allowed);
        found = now;
        return keys;
    }

    private boolean isFresh(Found known) {
        Instant now = clock.instant();
        return !now.isBefore(known.at()) && now.isBefore(known.at().plus(TIME_TO_LIVE));
    }

    /**
     * Where metadata says that the keys are.
     *
     * @throws KeysUnavailableException if it is not this issuer's, or names no address that may be asked
     */
    RemoteUri keysUri(byte[] body) {
        JsonObject document;
        try {
            document = JsonReader.readObject(body, LIMITS);
        } catch (JsonSyntaxException e) {
            throw unusable("is not metadata of an issuer: " + e.getMessage());
        }
        String named = document.string("issuer").orElseThrow(() -> unusable("names no issuer"));
        if (!named.equals(issuer)) {
            throw unusable("names another issuer than " + issuer + ": " + shown(named)
                    + (withoutSlash(named).equals(withoutSlash(issuer))
                            ? ", which differs by the slash at its end"
                            : "")
                    + ". Set the issuer that tokens name");
        }
        String uri = document.string("jwks_uri").orElseThrow(() -> unusable("names no jwks_uri"));
        RemoteUri keys;
        try {
            keys = RemoteUri.readAbsolute(uri);
        } catch (UnusableAddressException e) {
            throw unusable("has a jwks_uri that " + e.getMessage());
        }
        if (keys.isPlain() && !metadata.isPlain()) {
            throw unusable("has a jwks_uri that is plain http, though it is https itself");
        }
        return keys;
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static String shown(String named) {
        String printable = named.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
    }

    private KeysUnavailableException unusable(String why) {
        return new KeysUnavailableException("the metadata at " + metadata + " " + why, null);
    }
}

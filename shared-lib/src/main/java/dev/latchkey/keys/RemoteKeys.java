package dev.latchkey.keys;

import dev.latchkey.http.BoundedGet;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.UnusableAddressException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Keys that an issuer publishes as a JWK Set (RFC 7517 section 5).
 *
 * <p>They are fetched when they are first needed and again within 10 minutes, from the eighth on; tokens with unknown keys
 * fetch at once, then at most once in 30 seconds. When a fetch fails, the next waits 1, 2, 4 and so on up to 30 seconds, and the last good keys are
 * used for up to an hour more. A set without a usable key is a failure: it does not revoke the earlier ones.
 */
public final class RemoteKeys {

    /** The longest document that is taken. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/jwk-set+json, application/json");
    private static final Duration IN_ALL = Duration.ofMillis(1500);

    private RemoteKeys() {}

    /**
     * The keys at an address; fetches nothing yet.
     *
     * @param uri with or without {@code https://}; plain http is taken for a loopback address only
     * @param allowed the allow-list; empty means what the keys say
     * @param listener is told of every fetch
     * @throws UnusableAddressException if keys may not be fetched from there
     */
    public static KeySource<KeySet> at(
            String uri, Collection<Algorithm> allowed, Clock clock, KeyFetchListener listener) {
        RemoteUri remote = RemoteUri.read(uri);
        Set<Algorithm> algorithms = Set.copyOf(allowed);
        return new RefreshingKeySource<>(
                Changes.told(
                        () -> fetch(remote, algorithms),
                        KeySet::leftOut,
                        reasons -> listener.leftOut(remote.toString(), reasons)),
                RefreshPolicy.FOR_REMOTE_KEYS,
                clock,
                listener);
    }

    /**
     * The keys of an issuer that tells where they are, at {@code /.well-known/openid-configuration} (OpenID Connect
     * Discovery 1.0 section 4); fetches nothing yet.
     *
     * @param issuer its {@code iss}, which the metadata must repeat exactly
     * @param allowed the allow-list; empty means what the keys say
     * @param listener is told of every fetch
     * @throws UnusableAddressException if keys may not be fetched from there
     */
    public static KeySource<KeySet> discovered(
            String issuer, Collection<Algorithm> allowed, Clock clock, KeyFetchListener listener) {
        Discovery discovery = new Discovery(issuer, Set.copyOf(allowed), clock);
        return new RefreshingKeySource<>(
                Changes.told(discovery::fetch, KeySet::leftOut, reasons -> listener.leftOut(issuer, reasons)),
                RefreshPolicy.FOR_REMOTE_KEYS,
                clock,
                listener);
    }

    /**
     * Fetches the keys at an address.
     *
     * @throws KeysUnavailableException if they cannot be had; the message tells why
     */
    static KeySet fetch(RemoteUri uri, Collection<Algorithm> allowed) {
        try {
            return RemoteKeySet.read(body(uri), allowed);
        } catch (InvalidKeyMaterialException e) {
            throw new KeysUnavailableException("the key set at " + uri + " " + e.getMessage(), e);
        }
    }

    /**
     * The document at an address, within 1.5 seconds and 64 KiB.
     *
     * @throws KeysUnavailableException if it cannot be had; the message tells why
     */
    static byte[] body(RemoteUri uri) {
        try {
            return BoundedGet.body(uri, ACCEPT, IN_ALL, MAX_BYTES);
        } catch (IOException e) {
            throw new KeysUnavailableException(String.valueOf(e.getMessage()), e.getCause());
        }
    }
}

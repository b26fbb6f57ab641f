package dev.latchkey.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address from which something may be fetched: https, or plain http to this machine and to one host that is named.
 *
 * @param uri an absolute URI with a host, without user information and fragment
 * @param plainHost one more host for plain http, whose network its operator trusts; empty for none
 */
public record RemoteUri(URI uri, String plainHost) {

    private static final int MAX_LENGTH = 2048;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]).*");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    /** Checks the address. */
    public RemoteUri {
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new UnusableAddressException("is not the address of a host, such as https://issuer.example/jwks");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new UnusableAddressException(
                    "holds user information or a fragment. Set it to scheme, host, path and query only");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !isPlain(uri, plainHost)) {
            throw new UnusableAddressException("must be an https address; plain http is taken to 127.0.0.1, [::1]"
                    + " and localhost only (RFC 8725 section 3.10)");
        }
    }

    /** An address without a further host for plain http. */
    public RemoteUri(URI uri) {
        this(uri, "");
    }

    /**
     * Reads an address; without a scheme it is https.
     *
     * @throws UnusableAddressException if nothing may be fetched from there
     */
    public static RemoteUri read(String text) {
        return readAbsolute(SCHEME.matcher(text).matches() ? text : "https://" + text);
    }

    /**
     * Reads an address that must name its scheme.
     *
     * @throws UnusableAddressException if nothing may be fetched from there
     */
    public static RemoteUri readAbsolute(String text) {
        return readAbsolute(text, "");
    }

    /**
     * Reads an address that must name its scheme.
     *
     * @param plainHost one more host for plain http; empty for none
     * @throws UnusableAddressException if nothing may be fetched from there
     */
    public static RemoteUri readAbsolute(String text, String plainHost) {
        if (text.length() > MAX_LENGTH || !PRINTABLE.matcher(text).matches()) {
            throw new UnusableAddressException(
                    "is not an address of at most " + MAX_LENGTH + " printable ASCII characters");
        }
        try {
            return new RemoteUri(new URI(text), plainHost);
        } catch (URISyntaxException e) {
            throw new UnusableAddressException("is not an address (RFC 3986)");
        }
    }

    /** Tells whether it is plain http. */
    public boolean isPlain() {
        return isPlain(uri, plainHost);
    }

    /** The host, an IPv6 address without its brackets. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port, 443 or 80 where none is written. */
    public int port() {
        int usual = isPlain() ? 80 : 443;
        return uri.getPort() == -1 ? usual : uri.getPort();
    }

    /** The path and the query as a request line has them. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static boolean isPlain(URI uri, String plainHost) {
        return "http".equalsIgnoreCase(uri.getScheme())
                && (LOOPBACK.contains(uri.getHost())
                        || (!plainHost.isEmpty() && plainHost.equalsIgnoreCase(uri.getHost())));
    }

    /** The address for messages and logs: a query, which may hold a secret, is told only to be there. */
    @Override
    public String toString() {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }
}

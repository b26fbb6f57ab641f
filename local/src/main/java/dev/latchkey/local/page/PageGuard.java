package dev.latchkey.local.page;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps other web pages away from the playground's server. A name of another site that is made to point to this machine
 * (DNS rebinding) shows in Host; a request of another page shows in Origin and Sec-Fetch-Site (W3C, Fetch Metadata).
 */
record PageGuard(int port) {
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /**
     * Why a request is refused; empty when it is not.
     *
     * @param method the request's method; anything but GET must tell its origin
     * @param isFile whether it asks for a file of the page, to which other pages may link
     */
    Optional<String> refusal(String method, Headers headers, boolean isFile) {
        String host = first(headers, "Host").toLowerCase(Locale.ROOT);
        if (!host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port)) {
            return Optional.of("Host must be 127.0.0.1:" + port + " or localhost:" + port);
        }
        if (isFile) {
            return Optional.empty();
        }
        String origin = first(headers, "Origin");
        boolean isOwn = origin.isEmpty() ? method.equals("GET") : origin.equals("http://" + host);
        String site = first(headers, "Sec-Fetch-Site");
        return isOwn && (site.isEmpty() || OWN_SITE.contains(site))
                ? Optional.empty()
                : Optional.of("Only the playground's own page may ask for this");
    }

    private static String first(Headers headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}

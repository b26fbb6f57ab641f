package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. {@code toString()} shows neither headers nor the body, which may hold secrets.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param uri where it goes
 * @param headers further headers by name, without control characters; {@code Accept} and {@code Content-Type} among them
 * @param body the body's text, sent in UTF-8; null for none
 */
public record HttpCall(
        String method,
        RemoteUri uri,
        Map<String, String> headers,
        @Nullable String body) {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final int MAX_HEADER = 8192;

    /**
     * Checks the method and the headers, so that no value can become a header of its own.
     *
     * @throws IllegalArgumentException if one does not do; the message shows no value
     */
    public HttpCall {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("no request has this method");
        }
        headers = Map.copyOf(headers);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!isPrintable(header.getKey(), '!') || header.getKey().indexOf(':') >= 0) {
                throw new IllegalArgumentException("a header needs a name of printable ASCII characters");
            }
            if (!isPrintable(header.getValue(), ' ')) {
                throw new IllegalArgumentException(
                        "the header " + header.getKey() + " needs a value of printable ASCII characters");
            }
        }
    }

    private static boolean isPrintable(String text, char least) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < least || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_HEADER;
    }

    /** The request's bytes, after which the connection ends. */
    byte[] bytes() {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(uri.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.uri().getRawAuthority())
                .append("\r\nUser-Agent: latchkey\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (body != null || !(method.equals("GET") || method.equals("DELETE"))) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}

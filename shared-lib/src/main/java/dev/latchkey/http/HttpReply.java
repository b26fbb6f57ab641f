package dev.latchkey.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was answered to an {@link HttpCall}. {@code toString()} does not show the body, which may hold secrets. */
public final class HttpReply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status the status code, 200 to 599
     * @param headers the headers by their names in lower case, of several of a name the last
     * @param body the whole body, which nobody may change afterwards; empty where there is none
     */
    public HttpReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** The status code, 200 to 599. */
    public int status() {
        return status;
    }

    /** The value of a header; empty where there is none. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The headers by their names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The whole body, not copied; empty where there is none. */
    public byte[] body() {
        return body;
    }

    /** Tells whether the status is one of success, 200 to 299. */
    public boolean isGood() {
        return status < 300;
    }

    @Override
    public String toString() {
        return "status " + status;
    }
}

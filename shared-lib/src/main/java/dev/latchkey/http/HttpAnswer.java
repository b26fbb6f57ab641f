package dev.latchkey.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 response (RFC 9112) of a small document. Taken is a body that is whole, not compressed and not too
 * long; everything else is refused as soon as it shows.
 */
final class HttpAnswer {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");
    private static final int MAX_HEAD = 16 * 1024;
    private static final long UNKNOWN = -1;

    private final InputStream in;
    private final int maxBytes;
    private int headLeft = MAX_HEAD;
    private long length = UNKNOWN;
    private boolean chunked;
    private int status;
    private final Map<String, String> headers = new HashMap<>();

    private HttpAnswer(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in);
        this.maxBytes = maxBytes;
    }

    /** An answer that is not taken; the message tells what came. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String got) {
            super(got);
        }
    }

    /**
     * The answer; what goes before it (1xx) is passed over.
     *
     * @param onlyOk whether any status but 200 is refused
     * @throws Refused if it is not taken
     * @throws IOException if it cannot be read
     */
    static HttpReply read(InputStream in, int maxBytes, boolean onlyOk) throws IOException {
        HttpAnswer answer = new HttpAnswer(in, maxBytes);
        answer.status();
        while (!onlyOk && answer.status >= 100 && answer.status < 200) {
            answer.headers();
            answer.length = UNKNOWN;
            answer.chunked = false;
            answer.headers.clear();
            answer.status();
        }
        if (onlyOk ? answer.status != 200 : answer.status < 200 || answer.status > 599) {
            throw new Refused("status " + answer.status);
        }
        answer.headers();
        boolean isWithout = answer.status == 204 || answer.status == 304;
        return new HttpReply(answer.status, answer.headers, isWithout ? new byte[0] : answer.body());
    }

    private byte[] body() throws IOException {
        return chunked ? chunks() : plain();
    }

    private void status() throws IOException {
        Matcher line = STATUS.matcher(line());
        if (!line.matches()) {
            throw new Refused("no HTTP/1.1 answer");
        }
        status = Integer.parseInt(line.group(1));
    }

    private void headers() throws IOException {
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new Refused("a malformed header");
            }
            header(header.group(1).toLowerCase(Locale.ROOT), header.group(2));
        }
        if (chunked && length != UNKNOWN) {
            throw new Refused("a body of two lengths");
        }
    }

    private void header(String name, String value) throws Refused {
        headers.put(name, value);
        switch (name) {
            case "content-encoding" -> {
                if (!value.equalsIgnoreCase("identity")) {
                    throw new Refused("a compressed body, which was not asked for");
                }
            }
            case "transfer-encoding" -> {
                if (chunked || !value.equalsIgnoreCase("chunked")) {
                    throw new Refused("an unknown transfer encoding");
                }
                chunked = true;
            }
            case "content-length" -> {
                if (length != UNKNOWN || !LENGTH.matcher(value).matches()) {
                    throw new Refused("a malformed length");
                }
                length = Long.parseLong(value);
                if (length > maxBytes) {
                    throw tooLong();
                }
            }
            default -> {
                return;
            }
        }
    }

    private byte[] plain() throws IOException {
        byte[] body = in.readNBytes(length == UNKNOWN ? maxBytes + 1 : (int) length);
        if (body.length > maxBytes) {
            throw tooLong();
        }
        if (length != UNKNOWN && body.length != length) {
            throw new Refused(body.length + " of " + length + " bytes");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            if (body.size() + size > maxBytes) {
                throw tooLong();
            }
            byte[] chunk = in.readNBytes((int) size);
            if (chunk.length != size || !line().isEmpty()) {
                throw new Refused("a broken chunk");
            }
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    private long chunkSize() throws IOException {
        headLeft = MAX_HEAD;
        Matcher size = CHUNK.matcher(line());
        if (!size.matches()) {
            throw new Refused("a broken chunk");
        }
        return Long.parseLong(size.group(1), 16);
    }

    /** A line without its end. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b == -1) {
                throw new Refused("an answer that ends early");
            }
            if (--headLeft < 0) {
                throw new Refused("more than " + MAX_HEAD + " bytes of headers");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private Refused tooLong() {
        return new Refused("more than " + maxBytes + " bytes");
    }
}

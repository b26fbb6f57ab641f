package dev.latchkey.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads responses of HTTP/1.1 (RFC 9112): bodies with a length, in chunks, or up to the end of the connection. Whatever
 * comes in, it ends in a response or an {@link IOException}, and never takes more memory than an event may have.
 */
final class HttpReader {
    /** An event of 6 MB (Lambda quotas), and room. */
    private static final int MAX_BODY = 8 * 1024 * 1024;

    /** Of a status line, a field, or the size of a chunk; the trace and the client's context are the longest. */
    private static final int MAX_LINE = 64 * 1024;

    private static final int MAX_LINES = 100;
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    HttpReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next response, interim ones left out.
     *
     * @throws EOFException if the connection ends before it is whole
     * @throws ProtocolException if it is none
     */
    HttpReply read() throws IOException {
        for (int interim = 0; interim < MAX_LINES; interim++) {
            int status = status(line());
            Map<String, String> headers = headers();
            if (status >= 200) {
                return new HttpReply(status, headers, new ByteArrayInputStream(body(status, headers)));
            }
        }
        throw new ProtocolException("The Runtime API sent interim responses only");
    }

    private static int status(String line) throws ProtocolException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new ProtocolException("The Runtime API sent no status line of HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int lines = 0; lines < MAX_LINES; lines++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(colon - 1) <= ' ') {
                throw new ProtocolException("The Runtime API sent a header field without a name");
            }
            String value = line.substring(colon + 1).trim();
            String earlier = headers.putIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), value);
            if (earlier != null && !earlier.equals(value) && line.regionMatches(true, 0, "content-length", 0, colon)) {
                throw new ProtocolException("The Runtime API sent two lengths");
            }
        }
        throw new ProtocolException("The Runtime API sent more than " + MAX_LINES + " header fields");
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        String coding = headers.get("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new ProtocolException("The Runtime API sent a transfer coding other than chunked");
            }
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? rest() : bytes(size(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int extension = line.indexOf(';');
            int size = size((extension < 0 ? line : line.substring(0, extension)).trim(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            if (body.size() + size > MAX_BODY) {
                throw tooLarge();
            }
            body.writeBytes(bytes(size));
            if (!line().isEmpty()) {
                throw new ProtocolException("The Runtime API sent a chunk that is longer than its size");
            }
        }
    }

    private static int size(String text, int radix) throws ProtocolException {
        boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c < 0x7f && Character.digit(c, radix) >= 0);
        if (!isNumber) {
            throw new ProtocolException("The Runtime API sent a length that is no number");
        }
        String digits = text.replaceFirst("^0+(?=.)", "");
        if (digits.length() > 8 || Long.parseLong(digits, radix) > MAX_BODY) {
            throw tooLarge();
        }
        return Integer.parseInt(digits, radix);
    }

    private static ProtocolException tooLarge() {
        return new ProtocolException("The Runtime API sent more than " + MAX_BODY + " bytes");
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int had = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, had);
        position += had;
        if (in.readNBytes(bytes, had, length - had) < length - had) {
            throw ended();
        }
        return bytes;
    }

    private byte[] rest() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (position < limit || fill()) {
            body.write(buffer, position, limit - position);
            position = limit;
            if (body.size() > MAX_BODY) {
                throw tooLarge();
            }
        }
        return body.toByteArray();
    }

    /** A line without its end, CR LF. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (position == limit && !fill()) {
                throw ended();
            }
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.append(new String(buffer, start, position - start, StandardCharsets.ISO_8859_1));
            if (line.length() > MAX_LINE) {
                throw new ProtocolException("The Runtime API sent a line of more than " + MAX_LINE + " bytes");
            }
            if (position < limit) {
                position++;
                int end = line.length() - 1;
                if (end < 0 || line.charAt(end) != '\r') {
                    throw new ProtocolException("The Runtime API sent a line that ends in LF alone");
                }
                return line.substring(0, end);
            }
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, BUFFER);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    private static EOFException ended() {
        return new EOFException("The Runtime API closed the connection in a response");
    }
}

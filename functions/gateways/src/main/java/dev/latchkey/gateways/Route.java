package dev.latchkey.gateways;

import java.nio.charset.StandardCharsets;

/**
 * A path below a gateway's address, with its query.
 *
 * @param shown how messages show it: with {@code {}} for what it is about
 * @param path how it is asked for
 */
record Route(String shown, String path) {

    /**
     * Fills in values, percent-encoded, so that each is one segment of a path or one value of a query whatever it holds.
     *
     * @param pattern the path, with {@code {}} for each value
     * @throws IllegalArgumentException if a value is empty or would lead to another path
     */
    static Route of(String pattern, String... values) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (String value : values) {
            int place = pattern.indexOf("{}", from);
            boolean isSegment = pattern.indexOf('?') < 0 || place < pattern.indexOf('?');
            if (value.isEmpty() || (isSegment && (value.equals(".") || value.equals("..")))) {
                throw new IllegalArgumentException("no value of " + pattern + " may be empty or made of dots");
            }
            path.append(pattern, from, place).append(encoded(value));
            from = place + 2;
        }
        return new Route(pattern, path.append(pattern.substring(from)).toString());
    }

    /** A text with all but unreserved characters percent-encoded (RFC 3986 section 2.3). */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return shown;
    }
}

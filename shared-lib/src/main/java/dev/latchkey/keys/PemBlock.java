package dev.latchkey.keys;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One block of PEM armour (RFC 7468 section 3). Read without regular expressions, whose first use costs a start milliseconds.
 *
 * @param label what the block says it holds, such as {@code PUBLIC KEY}
 * @param base64 what is between its lines, white space included
 */
record PemBlock(String label, String base64) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String EC_PARAMETERS = "EC PARAMETERS";
    private static final int LONGEST_LABEL = 40;

    /** The block that is all of the text, but for parameters before an EC key, which names its curve itself; null for none. */
    static @Nullable PemBlock of(String text) {
        PemBlock first = first(text);
        if (first != null && first.label.equals(EC_PARAMETERS)) {
            String rest = text.substring(first.end(text)).stripLeading();
            PemBlock second = first(rest);
            return second != null && second.end(rest) == rest.length() ? second : null;
        }
        return first != null && first.end(text) == text.length() ? first : null;
    }

    private static @Nullable PemBlock first(String text) {
        int labelEnd = text.indexOf(DASHES, BEGIN.length());
        if (!text.startsWith(BEGIN) || labelEnd < 0) {
            return null;
        }
        String label = text.substring(BEGIN.length(), labelEnd);
        int end = text.indexOf(END + label + DASHES, labelEnd);
        if (!isLabel(label) || end < labelEnd + DASHES.length()) {
            return null;
        }
        PemBlock block = new PemBlock(label, text.substring(labelEnd + DASHES.length(), end));
        return block.isBase64() ? block : null;
    }

    private int end(String text) {
        String close = END + label + DASHES;
        return text.indexOf(close) + close.length();
    }

    private static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            char next = label.charAt(i);
            if (!(next >= 'A' && next <= 'Z') && !(next >= '0' && next <= '9') && next != ' ') {
                return false;
            }
        }
        return !label.isEmpty() && label.length() <= LONGEST_LABEL;
    }

    private boolean isBase64() {
        for (int i = 0; i < base64.length(); i++) {
            char next = base64.charAt(i);
            boolean isDigit = (next >= 'A' && next <= 'Z')
                    || (next >= 'a' && next <= 'z')
                    || (next >= '0' && next <= '9')
                    || "+/=".indexOf(next) >= 0;
            if (!isDigit && !isSpace(next)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char next) {
        return next == ' ' || (next >= '\t' && next <= '\r');
    }

    /**
     * What the block holds.
     *
     * @throws IllegalArgumentException if it is not base64
     */
    byte[] der() {
        StringBuilder digits = new StringBuilder(base64.length());
        for (int i = 0; i < base64.length(); i++) {
            if (!isSpace(base64.charAt(i))) {
                digits.append(base64.charAt(i));
            }
        }
        return Base64.getDecoder().decode(digits.toString());
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "PEM block " + label;
    }
}

package dev.latchkey.keys;

import java.util.regex.Pattern;

/** What to do about PEM texts that are not one block, as people have them. */
final class PemAdvice {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]{1,40}-----");

    private PemAdvice() {}

    /** The advice, with a full stop and a space before it; empty where there is none. */
    static String on(String text) {
        if (text.startsWith("\"") || text.startsWith("'")) {
            return ". Remove the quotes around it";
        }
        if (text.contains("-----/n")) {
            return ". Its line breaks are written /n. Write \\n";
        }
        if (text.contains("ENCRYPTED")) {
            return ". The key is encrypted. Decrypt it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem";
        }
        if (text.contains("Bag Attributes") || text.contains("friendlyName")) {
            return ". Remove the bag attributes, with: openssl pkey -in key.pem -out plain.pem";
        }
        long blocks = BEGIN.matcher(text).results().count();
        return blocks > 1
                ? ". It holds " + blocks + " blocks. Keep the key, or the first certificate of a chain, alone"
                : "";
    }
}

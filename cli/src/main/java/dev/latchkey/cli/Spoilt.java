package dev.latchkey.cli;

import dev.latchkey.keys.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is made of a good key that nobody may let in. Nobody without the signing key could make more. */
final class Spoilt {

    private static final int TOO_LONG = 8193;

    private Spoilt() {}

    /** Values of the Authorization header, by what is wrong with them. */
    static Map<String, String> of(String key) {
        String[] parts = key.split("\\.", -1);
        String header = decoded(parts[0]);
        String payload = decoded(parts[1]);
        Map<String, String> spoilt = new LinkedHashMap<>();
        spoilt.put("the signature of another key", join(parts[0], parts[1], turned(parts[2])));
        spoilt.put("no signature", join(parts[0], parts[1], ""));
        spoilt.put("half a signature", join(parts[0], parts[1], parts[2].substring(0, parts[2].length() / 2)));
        spoilt.put(
                "claims of somebody else",
                join(parts[0], encoded(payload.replace(Canary.CUSTOMER, "cus_1")), parts[2]));
        spoilt.put(
                "a later expiry",
                join(parts[0], encoded(payload.replaceFirst("\"exp\":[0-9]+", "\"exp\":4102444800")), parts[2]));
        spoilt.put(
                "alg none", join(encoded(header.replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"none\"")), parts[1], ""));
        spoilt.put("another algorithm", join(encoded(other(header)), parts[1], parts[2]));
        spoilt.put(
                "another key id",
                join(
                        encoded(header.replaceFirst("\\}$", ",\"kid\":\"none\"}")
                                .replaceFirst("\"kid\":\"(?!none)[^\"]*\",?", "")),
                        parts[1],
                        parts[2]));
        spoilt.put(
                "a crit header",
                join(encoded(header.replaceFirst("\\}$", ",\"crit\":[\"b64\"],\"b64\":false}")), parts[1], parts[2]));
        spoilt.put("two parts", parts[0] + "." + parts[1]);
        spoilt.put("padding", key + "=");
        spoilt.put("no key", "Bearer");
        spoilt.put("another scheme", "Basic " + key);
        spoilt.put("more than 8,192 characters", join(parts[0], parts[1], "A".repeat(TOO_LONG)));
        return spoilt;
    }

    private static String other(String header) {
        String now = header.contains("\"alg\":\"HS256\"") ? "RS256" : "HS256";
        return header.replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"" + now + "\"");
    }

    private static String turned(String signature) {
        char middle = signature.charAt(signature.length() / 2);
        return signature.substring(0, signature.length() / 2)
                + (middle == 'A' ? 'B' : 'A')
                + signature.substring(signature.length() / 2 + 1);
    }

    private static String join(String header, String payload, String signature) {
        return header + "." + payload + "." + signature;
    }

    static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}

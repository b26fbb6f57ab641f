package dev.latchkey.local.machine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 of requests (IAM User Guide, "Create a signed AWS API request"), as all services but S3 compute it: the
 * path is encoded once more, and the body's hash is that of the body.
 */
public final class SignatureV4 {

    /** What the Authorization header begins with. */
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final int BYTE = 0xff;

    private SignatureV4() {}

    /**
     * A request as it is signed.
     *
     * @param path as it is sent, without the query
     * @param query as it is sent; empty where there is none
     * @param headers values by name, which compares without case
     */
    public record Request(String method, String path, String query, Map<String, List<String>> headers, Payload body) {

        /** Copies the headers. */
        public Request {
            Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(headers);
            headers = Collections.unmodifiableMap(all);
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /** The headers, but for {@code Host}, by which a request is signed with the credentials of {@link LocalAccount}. */
    public static Map<String, String> headers(String method, URI uri, String service, byte[] body, Instant now) {
        String time = TIME.format(now);
        String scope = time.substring(0, 8) + "/" + LocalAccount.REGION + "/" + service + "/aws4_request";
        List<String> signed = List.of("host", "x-amz-date");
        Request request = new Request(
                method,
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                Map.of("host", List.of(uri.getRawAuthority()), "x-amz-date", List.of(time)),
                new Payload(body));
        String signature = signature(LocalAccount.SECRET_KEY, scope, toSign(time, scope, canonical(request, signed)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Amz-Date", time);
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + LocalAccount.ACCESS_KEY + "/" + scope + ", SignedHeaders="
                        + String.join(";", signed) + ", Signature=" + signature);
        return headers;
    }

    static String canonical(Request request, List<String> signedHeaders) {
        StringBuilder canonical = new StringBuilder(request.method())
                .append('\n')
                .append(path(request.path()))
                .append('\n')
                .append(query(request.query()))
                .append('\n');
        for (String name : signedHeaders) {
            canonical
                    .append(name)
                    .append(':')
                    .append(request.header(name).strip().replaceAll(" +", " "))
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(hash(request.body().bytes()))
                .toString();
    }

    static String toSign(String time, String scope, String canonical) {
        return String.join("\n", ALGORITHM, time, scope, hash(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    static String signature(String secret, String scope, String toSign) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, toSign));
    }

    /** Without what is redundant (RFC 3986 section 6.2.2.3), each segment encoded as if it were not yet. */
    private static String path(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                segments.add(encoded(segment));
            }
        }
        String canonical = "/" + String.join("/", segments);
        return path.endsWith("/") && canonical.length() > 1 ? canonical + "/" : canonical;
    }

    private static String query(String query) {
        List<List<String>> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                pairs.add(List.of(again(parts[0]), parts.length == 2 ? again(parts[1]) : ""));
            }
        }
        pairs.sort(
                Comparator.<List<String>, String>comparing(pair -> pair.get(0)).thenComparing(pair -> pair.get(1)));
        return pairs.stream().map(pair -> String.join("=", pair)).collect(Collectors.joining("&"));
    }

    /** Encoded in the one way that signatures have; a plus is a plus. */
    private static String again(String part) {
        return encoded(LoopbackServer.decode(part.replace("+", "%2B")));
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (one & BYTE);
            if (UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return encoded.toString();
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

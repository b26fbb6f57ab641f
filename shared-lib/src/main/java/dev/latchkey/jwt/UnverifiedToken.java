package dev.latchkey.jwt;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Base64Url;
import dev.latchkey.keys.KeyId;
import dev.latchkey.keys.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A token in its parts, of which nothing is known to be true. */
final class UnverifiedToken {

    static final int MAX_LENGTH = 8192;

    private static final JsonLimits HEADER_LIMITS = new JsonLimits(4096, 4);
    /** How deep claims may be nested. */
    static final int CLAIMS_DEPTH = 16;

    private static final JsonLimits CLAIMS_LIMITS = new JsonLimits(MAX_LENGTH, CLAIMS_DEPTH);
    private static final List<String> NOT_UNDERSTOOD = List.of("crit", "b64", "zip", "enc");

    private final String text;
    private final String alg;
    private final @Nullable String kid;
    private final @Nullable String type;
    private final List<String> certificates;
    private final byte[] signed;
    private final byte[] payload;
    private final byte[] signature;

    private UnverifiedToken(
            String text,
            String alg,
            @Nullable String kid,
            @Nullable String type,
            List<String> certificates,
            byte[] signed,
            byte[] payload,
            byte[] signature) {
        this.text = text;
        this.alg = alg;
        this.kid = kid;
        this.type = type;
        this.certificates = certificates;
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    /** Why a text is not a token. Without a stack trace: it happens every day. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final @Nullable String kid;

        Malformed(Reason reason, @Nullable String kid) {
            super(reason.code(), null, false, false);
            this.reason = reason;
            this.kid = kid;
        }

        Reason reason() {
            return reason;
        }

        Verification.Rejected rejection() {
            return new Verification.Rejected(reason, kid, null);
        }
    }

    static UnverifiedToken parse(String token) throws Malformed {
        return parse(token, MAX_LENGTH);
    }

    static UnverifiedToken parse(String token, int maxLength) throws Malformed {
        if (token.length() > maxLength) {
            throw new Malformed(Reason.TOKEN_TOO_LARGE, null);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new Malformed(Reason.MALFORMED_TOKEN, null);
        }
        byte[] header = decode(token.substring(0, first));
        byte[] payload = decode(token.substring(first + 1, second));
        byte[] signature = decode(token.substring(second + 1));
        JsonObject members = header(header);
        String kid = kid(members);
        String alg = members.string("alg").orElse(null);
        if (alg == null) {
            throw new Malformed(Reason.MALFORMED_HEADER, kid);
        }
        for (String name : NOT_UNDERSTOOD) {
            if (members.members().containsKey(name)) {
                throw new Malformed(Reason.UNSUPPORTED_HEADER, kid);
            }
        }
        byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new UnverifiedToken(
                token, alg, kid, type(members, kid), certificates(members), signed, payload, signature);
    }

    /** The whole token. */
    String text() {
        return text;
    }

    /** The algorithm that its header names. */
    String alg() {
        return alg;
    }

    /** The key id that its header names; null where it names none. */
    @Nullable
    String kid() {
        return kid;
    }

    /** The type that its header names; null where it names none. */
    @Nullable
    String type() {
        return type;
    }

    /** Thumbprints of the certificate whose key it names (RFC 7515 section 4.1.7), which only choose among known keys. */
    List<String> certificates() {
        return certificates;
    }

    /** Tells whether the signature is that key's. */
    boolean isSignedBy(VerificationKey key) {
        return key.verifies(signed, signature);
    }

    /** Reads the claims; not to be trusted before the signature was checked. */
    JsonObject claims() throws JsonSyntaxException {
        return claims(CLAIMS_LIMITS);
    }

    /** Reads the claims within other limits; not to be trusted before the signature was checked. */
    JsonObject claims(JsonLimits limits) throws JsonSyntaxException {
        return JsonReader.readObject(payload, limits);
    }

    private static List<String> certificates(JsonObject header) {
        if (!header.has("x5t") && !header.has("x5t#S256")) {
            return List.of();
        }
        return Stream.of("x5t#S256", "x5t")
                .flatMap(name -> header.string(name).stream())
                .toList();
    }

    private static byte[] decode(String part) throws Malformed {
        byte[] bytes = Base64Url.decode(part);
        if (bytes == null) {
            throw new Malformed(Reason.MALFORMED_TOKEN, null);
        }
        return bytes;
    }

    private static JsonObject header(byte[] header) throws Malformed {
        try {
            return JsonReader.readObject(header, HEADER_LIMITS);
        } catch (JsonSyntaxException e) {
            throw new Malformed(Reason.MALFORMED_HEADER, null);
        }
    }

    private static @Nullable String kid(JsonObject header) throws Malformed {
        if (!header.members().containsKey("kid")) {
            return null;
        }
        String kid = header.string("kid").orElse(null);
        if (kid == null || !KeyId.isUsable(kid)) {
            throw new Malformed(Reason.MALFORMED_HEADER, null);
        }
        return kid;
    }

    private static @Nullable String type(JsonObject header, @Nullable String kid) throws Malformed {
        if (!header.members().containsKey("typ")) {
            return null;
        }
        String type = header.string("typ").orElse(null);
        if (type == null) {
            throw new Malformed(Reason.WRONG_TYPE, kid);
        }
        return type;
    }
}

package dev.latchkey.jwt;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.VerificationKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWT that is not an API key, such as a status list. Its form, key, algorithm, signature and type are checked as
 * those of API keys are; its claims are for whoever asked.
 */
public sealed interface SignedDocument {

    /** The signature is the key's, the type is as asked. */
    record Opened(JsonObject claims) implements SignedDocument {}

    /** It is no such document. */
    record Refused(Reason reason) implements SignedDocument {}

    /**
     * Opens a document.
     *
     * @param keys the keys of whoever must have signed it
     * @param type what its {@code typ} must be, in lower case and without {@code application/} (RFC 7515 section 4.1.9)
     * @param maxLength the longest text, in characters
     */
    static SignedDocument open(String text, KeySet keys, String type, int maxLength) {
        UnverifiedToken token;
        try {
            token = UnverifiedToken.parse(text, maxLength);
        } catch (UnverifiedToken.Malformed e) {
            return new Refused(e.reason());
        }
        if (!isType(token.type(), type)) {
            return new Refused(Reason.WRONG_TYPE);
        }
        VerificationKey key =
                keys.find(token.kid(), token.alg(), token.certificates()).orElse(null);
        if (key == null || key.isWeak()) {
            return new Refused(Reason.UNKNOWN_KEY);
        }
        if (!key.algorithm().name().equals(token.alg())) {
            return new Refused(Reason.WRONG_ALGORITHM);
        }
        if (!token.isSignedBy(key)) {
            return new Refused(Reason.BAD_SIGNATURE);
        }
        try {
            return new Opened(token.claims(new JsonLimits(maxLength, UnverifiedToken.CLAIMS_DEPTH)));
        } catch (JsonSyntaxException e) {
            return new Refused(Reason.MALFORMED_CLAIMS);
        }
    }

    /** Tells whether a header's {@code typ} is that type. */
    static boolean isType(@Nullable String typ, String type) {
        if (typ == null) {
            return false;
        }
        String lower = typ.toLowerCase(Locale.ROOT);
        return lower.equals(type) || lower.equals("application/" + type);
    }
}

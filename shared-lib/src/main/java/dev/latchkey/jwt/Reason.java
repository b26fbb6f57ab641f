package dev.latchkey.jwt;

import java.util.Locale;

/** Why a key was refused: the closed list of codes that logs and metrics know. A caller never sees them. */
public enum Reason {
    /** There is no token. */
    MISSING_TOKEN,
    /** The header is not {@code Bearer}, a space and a token (RFC 6750 section 2.1), nor a token alone. */
    MALFORMED_AUTHORIZATION,
    /** There is more than one token. */
    SEVERAL_TOKENS,
    /** The token is longer than 8,192 characters. */
    TOKEN_TOO_LARGE,
    /** The token is not three parts of canonical base64url (RFC 7515 section 7.1). */
    MALFORMED_TOKEN,
    /** The header is not a JSON object with an alg and, if any, a usable kid. */
    MALFORMED_HEADER,
    /** The header asks for something that is not understood: crit, b64, zip or encryption. */
    UNSUPPORTED_HEADER,
    /** The header's typ is another than JWT (RFC 8725 section 3.11). */
    WRONG_TYPE,
    /** No key has that key id. */
    UNKNOWN_KEY,
    /** The header's alg is not the key's. */
    WRONG_ALGORITHM,
    /** The signature is not the key's. */
    BAD_SIGNATURE,
    /** The signature holds, but the claims are not an object, or a known claim is of another type. */
    MALFORMED_CLAIMS,
    /** There is no exp. */
    MISSING_EXPIRY,
    /** The exp is so far ahead that it counts milliseconds: at 10^12 or later, the year 33658. */
    EXPIRY_NOT_IN_SECONDS,
    /** It is later than exp. */
    EXPIRED,
    /** It is earlier than nbf. */
    NOT_YET_VALID,
    /** The iat is in the future. */
    ISSUED_IN_FUTURE,
    /** The iss is not the expected one. */
    WRONG_ISSUER,
    /** The aud does not hold an expected one. */
    WRONG_AUDIENCE,
    /** The iat is missing, or too long before exp. */
    LIFETIME_TOO_LONG,
    /** A required claim is missing or has another value. */
    WRONG_CLAIM,
    /** The key is good but lacks a scope. */
    MISSING_SCOPE,
    /** The key is good, but a check of the operator's own refuses it. */
    REFUSED_BY_CHECK,
    /** The key is good but names no company. */
    MISSING_COMPANY,
    /** The key was ended, or all keys of its customer up to its time were. */
    REVOKED,
    /** The key rests for a while. */
    SUSPENDED,
    /** The key names no status list, and {@code JWT_STATUS_CLAIM} requires one. */
    MISSING_STATUS,
    /** The key names a status list that is not its issuer's, or a place that is not in it. */
    INVALID_STATUS,
    /** Our own failure: the key's status cannot be told, since its list cannot be had. */
    STATUS_UNAVAILABLE,
    /** The key is good, but the request's path cannot be put into a policy for that method alone. */
    UNSAFE_PATH,
    /** The key is good, but what it permits does not fit into an answer that API Gateway takes. */
    ANSWER_TOO_LARGE;

    /** Tells whether the same token may be good a moment later by nobody's doing, when a key is published or a time comes. */
    public boolean mayPass() {
        return switch (this) {
            case UNKNOWN_KEY, NOT_YET_VALID, ISSUED_IN_FUTURE, INVALID_STATUS -> true;
            default -> false;
        };
    }

    /** The code as logs show it, such as {@code bad_signature}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

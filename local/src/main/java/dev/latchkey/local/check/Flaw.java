package dev.latchkey.local.check;

import java.util.Locale;

/** What can be wrong with a key, such that every authorizer must refuse it. */
public enum Flaw {
    /** Signed with the right key, but its time is over. */
    EXPIRED("an expired key"),
    /** Signed with the right key, but meant for another API. */
    WRONG_AUDIENCE("a key for another audience"),
    /** Another customer's id under the old signature. */
    CHANGED_PAYLOAD("a key with a changed payload"),
    /** One character of the signature is another. */
    CHANGED_SIGNATURE("a key with a changed signature"),
    /** No signature, and a header that says there need be none (RFC 8725 section 3.1). */
    ALG_NONE("a key that says alg none"),
    /** Signed with HS256 over the public key, which everybody may know (RFC 8725 section 2.1). */
    FORGED_HS256("an HS256 forgery with the public key as the secret"),
    /** A key id that belongs to no key. */
    UNKNOWN_KID("a key with an unknown key id");

    private final String title;

    Flaw(String title) {
        this.title = title;
    }

    /** What such a key is, for a line of a report. */
    String title() {
        return title;
    }

    /** What an HTTP API answers: what may pass is an error, which API Gateway does not keep, and all else a kept Deny. */
    int httpApiStatus() {
        return this == UNKNOWN_KID ? 401 : 403;
    }

    /** Its name on the page, such as {@code alg-none}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.latchkey.jwt;

import java.util.Set;

/**
 * The names of the claims that carry who the customer is, the same for the signer and the verifier.
 *
 * @param userId claim of the user id
 * @param companyId claim of the company id; may be the same
 */
public record ClaimNames(String userId, String companyId) {

    private static final Set<String> RESERVED = Set.of("iss", "aud", "exp", "nbf", "iat", "jti");

    /** The portal's names: {@code sub} and {@code org_id}. */
    public static final ClaimNames DEFAULT = new ClaimNames("sub", "org_id");

    /** Checks that neither name is blank or has a meaning of its own (RFC 7519 section 4.1). */
    public ClaimNames {
        if (!isUsable(userId) || !isUsable(companyId)) {
            throw new IllegalArgumentException("a claim name must be neither blank nor one of " + RESERVED);
        }
    }

    /** Tells whether a claim may have that name. */
    public static boolean isUsable(String name) {
        return !name.isBlank() && name.length() <= 256 && !RESERVED.contains(name);
    }
}

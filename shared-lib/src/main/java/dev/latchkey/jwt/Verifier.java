package dev.latchkey.jwt;

import dev.latchkey.keys.KeysUnavailableException;

/** Decides whether a compact JWT is good: by the keys and rules of one issuer, or of the issuer that it names. */
public sealed interface Verifier permits TokenVerifier, VerifierByIssuer {

    /**
     * Verifies a token. Whatever is wrong with the token is a returned {@link Verification.Rejected}.
     *
     * @param token the text between the scheme and the end of the header
     * @throws KeysUnavailableException if there are no keys to verify with
     */
    Verification verify(String token);
}

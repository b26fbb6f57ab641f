package dev.latchkey.jwt;

import dev.latchkey.json.JsonSyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verifier of several issuers. A token's {@code iss} is read unverified, and only to choose whose keys and rules it
 * must satisfy; each issuer's verifier then requires its own {@code iss}. Thread-safe.
 */
public final class VerifierByIssuer implements Verifier {

    private final Map<String, TokenVerifier> byIssuer;
    private final @Nullable TokenVerifier others;

    /**
     * Chooses among these verifiers.
     *
     * @param byIssuer the verifier of each issuer, which must require that issuer
     * @param others verifies the tokens that name none of them; null refuses those
     */
    public VerifierByIssuer(Map<String, TokenVerifier> byIssuer, @Nullable TokenVerifier others) {
        this.byIssuer = Map.copyOf(byIssuer);
        this.others = others;
    }

    @Override
    public Verification verify(String token) {
        UnverifiedToken unverified;
        try {
            unverified = UnverifiedToken.parse(token);
        } catch (UnverifiedToken.Malformed e) {
            return e.rejection();
        }
        TokenVerifier chosen = byIssuer.getOrDefault(unverifiedIssuer(unverified), others);
        return chosen == null
                ? new Verification.Rejected(Reason.WRONG_ISSUER, unverified.kid(), null)
                : chosen.verify(unverified);
    }

    /** The issuer that the token names; blank, which no issuer is, where it names none. */
    private static String unverifiedIssuer(UnverifiedToken token) {
        try {
            return token.claims().string("iss").orElse("");
        } catch (JsonSyntaxException e) {
            return "";
        }
    }
}

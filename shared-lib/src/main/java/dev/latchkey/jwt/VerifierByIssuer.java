package dev.latchkey.jwt;

import dev.latchkey.json.JsonSyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verifier of several issuers. A token's {@code iss} is read unverified, and only to choose whose keys and rules it
 * must satisfy; each issuer's verifier then requires its own {@code iss}. Thread-safe.
 */
public final class VerifierByIssuer implements Verifier {

    private final ByIssuer<TokenVerifier> byIssuer;
    private final @Nullable TokenVerifier others;
    private final String expected;

    /**
     * Chooses among these verifiers.
     *
     * @param verifiers the verifier of each issuer, or of each pattern of issuers, which must require that issuer
     * @param others verifies the tokens that name none of them; null refuses those
     */
    public VerifierByIssuer(Map<String, TokenVerifier> verifiers, @Nullable TokenVerifier others) {
        this.byIssuer = new ByIssuer<>(verifiers);
        this.others = others;
        this.expected = String.join(" or ", verifiers.keySet());
    }

    @Override
    public Verification verify(String token) {
        UnverifiedToken unverified;
        try {
            unverified = UnverifiedToken.parse(token);
        } catch (UnverifiedToken.Malformed e) {
            return e.rejection();
        }
        String issuer = unverifiedIssuer(unverified);
        TokenVerifier found = byIssuer.find(issuer);
        TokenVerifier chosen = found == null ? others : found;
        return chosen == null
                ? new Verification.Rejected(
                        Reason.WRONG_ISSUER, unverified.kid(), null, new Mismatch("iss", expected, issuer))
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

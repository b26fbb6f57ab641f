package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.VerificationKey;
import java.security.KeyPair;
import java.util.List;

/** A verifier at which tokens are tried, at {@link TestTokens#NOW} until its clock is turned. */
public record Door(TokenVerifier verifier, TurnableClock clock) {

    /** The kid of the key pairs below. */
    public static final String KID = "key-1";

    /** The RSA key pair of the doors. */
    public static final KeyPair RSA = TestKeys.rsa("door");

    /** The EC key pair of the doors, on P-256. */
    public static final KeyPair EC = TestKeys.ec("door", 256);

    /** A door for keys in any of the texts that a key ring reads. */
    public static Door of(String keys, Algorithm... allowed) {
        return of(KeyRing.read(keys).keySet(List.of(allowed), null));
    }

    /** A door for a key set, by the default rules. */
    public static Door of(KeySet keys) {
        return of(keys, VerificationRules.DEFAULT);
    }

    /** A door for a key set, by other rules. */
    public static Door of(KeySet keys, VerificationRules rules) {
        TurnableClock clock = new TurnableClock(TestTokens.NOW);
        return new Door(new TokenVerifier(KeySource.fixed(keys), rules, clock), clock);
    }

    /** The door of {@link TestKeys#SECRET}. */
    public static Door hs256() {
        return of(TestKeys.SECRET);
    }

    /** The door of {@link #RSA}, with a kid, for one algorithm. */
    public static Door rsa(Algorithm algorithm) {
        return of(new KeySet(List.of(new VerificationKey(KID, algorithm, RSA.getPublic()))));
    }

    /** The door of {@link #EC}, with a kid. */
    public static Door es256() {
        return of(new KeySet(List.of(new VerificationKey(KID, Algorithm.ES256, EC.getPublic()))));
    }

    /** A good token for {@link #rsa} or {@link #es256}, to be spoilt or signed. */
    public static TestTokens token(String alg) {
        return TestTokens.good(alg).header("kid", KID);
    }

    /** A good token for {@link #hs256}. */
    public static String goodHs256() {
        return TestTokens.good("HS256").hs256(TestKeys.SECRET);
    }

    /** A good token for {@link #rsa}. */
    public static String goodRs256() {
        return token("RS256").rs256(RSA.getPrivate());
    }

    /** A good token for {@link #es256}. */
    public static String goodEs256() {
        return token("ES256").sign("SHA256withECDSAinP1363Format", EC.getPrivate());
    }

    /** Asserts that a token is verified, and gives it. */
    public VerifiedToken accepts(String token) {
        Verification verification = verifier.verify(token);
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        return ((Verification.Verified) verification).token();
    }

    /** Asserts that a token is refused for exactly that reason, and gives the refusal. */
    public Verification.Rejected refuses(String token, Reason reason) {
        Verification verification = verifier.verify(token);
        assertThat(verification).isInstanceOf(Verification.Rejected.class);
        Verification.Rejected rejected = (Verification.Rejected) verification;
        assertThat(rejected.reason()).isEqualTo(reason);
        return rejected;
    }
}

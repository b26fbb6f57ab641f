package dev.latchkey.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes good tokens like those that issue-key makes, valid for a day, by the JDK alone. */
public final class Tokens {

    private final String header;
    private final Signer signer;

    private Tokens(String algorithm, String kid, Signer signer) {
        this.header = base64url("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}");
        this.signer = signer;
    }

    @FunctionalInterface
    private interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    /** Tokens that are signed RS256 or ES256. */
    public static Tokens of(String algorithm, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(Pem.jcaName(algorithm));
        signature.initSign(key);
        return new Tokens(algorithm, Fixtures.KEY_ID, input -> {
            signature.update(input);
            return signature.sign();
        });
    }

    /** Tokens that are signed HS256. */
    public static Tokens hs256(String secret) throws GeneralSecurityException {
        return hs256(secret, Fixtures.KEY_ID);
    }

    /** Tokens that are signed HS256 and name a key. */
    public static Tokens hs256(String secret, String kid) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"));
        return new Tokens("HS256", kid, mac::doFinal);
    }

    /** So many, all different. */
    public List<String> sign(int count) throws GeneralSecurityException {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(sign());
        }
        return tokens;
    }

    /** One that is different from all others. */
    public String sign() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String input = header + "."
                + base64url("{\"sub\":\"cus_1\",\"org_id\":\"cus_1\",\"iat\":" + now + ",\"exp\":" + (now + 86_400)
                        + ",\"jti\":\"" + UUID.randomUUID() + "\"}");
        byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

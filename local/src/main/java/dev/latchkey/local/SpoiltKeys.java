package dev.latchkey.local;

import dev.latchkey.jwt.Algorithm;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.KeyRing;
import dev.latchkey.jwt.KeySource;
import dev.latchkey.jwt.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys that no authorizer may accept, made from a good one and from what it is signed and verified with. */
final class SpoiltKeys {

    private final String secretText;
    private final String verifyingText;

    /** Knows the key ring and its public half. */
    SpoiltKeys(String secretText, String verifyingText) {
        this.secretText = secretText;
        this.verifyingText = verifyingText;
    }

    /** The spoilt keys by what is wrong with them. */
    Map<String, String> of(String key) {
        String[] parts = key.split("\\.", -1);
        Map<String, String> spoilt = new LinkedHashMap<>();
        spoilt.put("a key with a changed payload", parts[0] + "." + changed(parts[1]) + "." + parts[2]);
        spoilt.put("an expired key", expired());
        spoilt.put("a key that says alg none", base64url("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
        spoilt.put("an HS256 forgery with the public key as the secret", forged(parts));
        return spoilt;
    }

    private static String changed(String payload) {
        String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        return base64url(claims.replace("cus_check", "cus_other"));
    }

    private String expired() {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        TokenSigner signer = new TokenSigner(
                KeySource.fixed(KeyRing.read(secretText).signingKey(null, null)), ClaimNames.DEFAULT, null, List.of());
        return signer.sign(new KeyClaims("cus_check", "expired", anHourAgo, anHourAgo.plusSeconds(60)));
    }

    /** Keeps the kid, so that nothing but the algorithm and signature is wrong. */
    private String forged(String[] parts) {
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        for (Algorithm algorithm : Algorithm.values()) {
            header = header.replace("\"" + algorithm + "\"", "\"HS256\"");
        }
        String input = base64url(header) + "." + parts[1];
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(verifyingText.getBytes(StandardCharsets.UTF_8), "HMAC"));
            byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not offer HmacSHA256", e);
        }
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

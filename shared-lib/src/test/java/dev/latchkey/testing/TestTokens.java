package dev.latchkey.testing;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A token to spoil: good when it starts, signed with the JDK's own cryptography over exactly the bytes that are sent.
 */
public final class TestTokens {

    /** The time at which fresh test tokens are good. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The key id of the fresh test token. */
    public static final String KEY_ID = "11111111-2222-4333-8444-555555555555";

    private final Map<String, JsonValue> header = new LinkedHashMap<>();
    private final Map<String, JsonValue> claims = new LinkedHashMap<>();
    private @Nullable String headerText;
    private byte @Nullable [] payload;

    private TestTokens(String alg) {
        JsonObject good = new JsonObjectBuilder()
                .put("sub", "cus_1")
                .put("org_id", "cus_1")
                .put("iat", NOW.getEpochSecond() - 60)
                .put("exp", NOW.getEpochSecond() + 3600)
                .put("jti", KEY_ID)
                .build();
        claims.putAll(good.members());
        header("alg", alg);
        header("typ", "JWT");
    }

    /** A good token for an algorithm: customer cus_1, issued a minute before {@link #NOW}, valid for an hour. */
    public static TestTokens good(String alg) {
        return new TestTokens(alg);
    }

    /** Sets a header member to a string. */
    public TestTokens header(String name, String value) {
        return header(name, (JsonValue) new JsonValue.JsonString(value));
    }

    /** Sets a header member. */
    public TestTokens header(String name, JsonValue value) {
        header.put(name, value);
        return this;
    }

    /** Removes a header member. */
    public TestTokens withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** Sets a claim to a string. */
    public TestTokens claim(String name, String value) {
        return claim(name, (JsonValue) new JsonValue.JsonString(value));
    }

    /** Sets a claim to a whole number. */
    public TestTokens claim(String name, long value) {
        return claim(name, JsonValue.JsonNumber.of(value));
    }

    /** Sets a claim. */
    public TestTokens claim(String name, JsonValue value) {
        claims.put(name, value);
        return this;
    }

    /** Removes a claim. */
    public TestTokens withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    /** Replaces the header's text. */
    public TestTokens headerText(String text) {
        headerText = text;
        return this;
    }

    /** Replaces the payload's text. */
    public TestTokens payloadText(String text) {
        return payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces the payload's bytes. */
    public TestTokens payload(byte[] bytes) {
        payload = bytes.clone();
        return this;
    }

    /** The first two parts: what is signed. */
    public String signingInput() {
        String head = headerText == null ? new JsonObject(header).toString() : headerText;
        byte[] body = payload == null ? utf8(new JsonObject(claims).toString()) : payload;
        return TestKeys.base64url(utf8(head)) + "." + TestKeys.base64url(body);
    }

    /** The token, signed with an HMAC secret. */
    public String hmac(String hash, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("Hmac" + hash);
            mac.init(new SecretKeySpec(secret, "HMAC"));
            return signed(signingInput(), mac.doFinal(utf8(signingInput())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token, signed HS256. */
    public String hs256(String secret) {
        return hmac("SHA256", utf8(secret));
    }

    /** The token, signed RS256. */
    public String rs256(Key privateKey) {
        return sign("SHA256withRSA", privateKey);
    }

    /** The token, signed with one of the JDK's signature algorithms. */
    public String sign(String jcaAlgorithm, Key privateKey) {
        return signed(signingInput(), signature(jcaAlgorithm, privateKey, utf8(signingInput())));
    }

    /** A signature of one of the JDK's algorithms. */
    public static byte[] signature(String jcaAlgorithm, Key privateKey, byte[] input) {
        try {
            Signature signature = Signature.getInstance(jcaAlgorithm);
            signature.initSign((PrivateKey) privateKey);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token from its first two parts and a signature. */
    public static String signed(String signingInput, byte[] signature) {
        String text = TestKeys.base64url(signature);
        if (text.length() >= 24) {
            LeakGuard.secret(text);
        }
        return signingInput + "." + text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.latchkey.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The three parts of a token, to be taken apart and joined otherwise. */
public record Parts(String header, String payload, String signature) {

    public static Parts of(String token) {
        String[] parts = token.split("\\.", -1);
        return new Parts(parts[0], parts[1], parts[2]);
    }

    public static String base64url(String text) {
        return TestKeys.base64url(text.getBytes(UTF_8));
    }

    public String signingInput() {
        return header + "." + payload;
    }

    public byte[] signed() {
        return signingInput().getBytes(US_ASCII);
    }

    public byte[] signatureBytes() {
        return Base64.getUrlDecoder().decode(signature);
    }

    public String withHeader(String text) {
        return base64url(text) + "." + payload + "." + signature;
    }

    public String withPayload(String text) {
        return header + "." + base64url(text) + "." + signature;
    }

    public String withSignature(byte[] bytes) {
        return signingInput() + "." + TestKeys.base64url(bytes);
    }

    public String headerText() {
        return new String(Base64.getUrlDecoder().decode(header), UTF_8);
    }

    public String payloadText() {
        return new String(Base64.getUrlDecoder().decode(payload), UTF_8);
    }
}

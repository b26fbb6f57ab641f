package dev.latchkey.benchmarks.peer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The least that can answer: texts are cut out of the event and the claims, the JDK checks the signature, and nothing
 * else is checked but the expiry. Not an authorizer to use, but the limit that one can come near.
 */
public final class JcaHandler implements RequestStreamHandler {

    private final PublicKey key;

    /** Takes the key from {@code PUBLIC_KEY}. */
    public JcaHandler() throws GeneralSecurityException {
        String body = System.getenv("PUBLIC_KEY").replaceAll("-----[A-Z ]+-----|\\s", "");
        key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        String token = member(event, "authorizationToken").substring("Bearer ".length());
        int end = token.lastIndexOf('.');
        if (!isSigned(token.substring(0, end), token.substring(end + 1))) {
            throw new IllegalArgumentException("Unauthorized");
        }
        byte[] payload = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, end));
        String claims = new String(payload, StandardCharsets.UTF_8);
        int exp = claims.indexOf("\"exp\":") + "\"exp\":".length();
        if (Long.parseLong(claims, exp, exp + 10, 10) * 1000 <= System.currentTimeMillis()) {
            throw new IllegalArgumentException("Unauthorized");
        }
        output.write(allow(claims, member(event, "methodArn")).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isSigned(String input, String signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(input.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String member(String json, String name) {
        int start = json.indexOf('"', json.indexOf(':', json.indexOf("\"" + name + "\""))) + 1;
        return json.substring(start, json.indexOf('"', start));
    }

    private static String allow(String claims, String arn) {
        String stage = arn.substring(0, arn.indexOf('/', arn.indexOf('/') + 1));
        String company = member(claims, "org_id");
        return "{\"principalId\":\"" + company
                + "\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
                + "\"Effect\":\"Allow\",\"Resource\":\"" + stage + "/*\"}]},\"context\":{\"user_id\":\""
                + member(claims, "sub") + "\",\"company_id\":\"" + company + "\",\"key_id\":\"" + member(claims, "jti")
                + "\"}}";
    }
}

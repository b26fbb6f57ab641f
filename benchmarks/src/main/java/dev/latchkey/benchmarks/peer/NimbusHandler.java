package dev.latchkey.benchmarks.peer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** An authorizer as one writes it on Nimbus: its processor verifies, its JSON reads and writes. */
public final class NimbusHandler implements RequestStreamHandler {

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** Takes the key from {@code JWK_SET}. */
    public NimbusHandler() throws ParseException {
        JWKSet keys = JWKSet.parse(System.getenv("JWK_SET"));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            Map<String, Object> event = JSONObjectUtils.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8));
            String token =
                    JSONObjectUtils.getString(event, "authorizationToken").substring("Bearer ".length());
            JWTClaimsSet claims = processor.process(token, null);
            String arn = JSONObjectUtils.getString(event, "methodArn");
            output.write(JSONObjectUtils.toJSONString(allow(claims, arn)).getBytes(StandardCharsets.UTF_8));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new IllegalArgumentException("Unauthorized", e);
        }
    }

    private static Map<String, Object> allow(JWTClaimsSet claims, String arn) throws ParseException {
        String stage = arn.substring(0, arn.indexOf('/', arn.indexOf('/') + 1));
        String company = claims.getStringClaim("org_id");
        return Map.of(
                "principalId",
                company,
                "policyDocument",
                Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(Map.of("Action", "execute-api:Invoke", "Effect", "Allow", "Resource", stage + "/*"))),
                "context",
                Map.of("user_id", claims.getSubject(), "company_id", company, "key_id", claims.getJWTID()));
    }
}

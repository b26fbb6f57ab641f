package dev.latchkey.local.lambda;

import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Calls of every kind for one authorizer, with what each must be answered. */
final class AuthorizerCalls {

    private static final KeyPair RSA = TestKeys.rsa("calls");
    private static final KeyPair EC = TestKeys.ec("calls", 256);
    private static final KeyPair ED = TestKeys.ed25519("calls");
    private static final String UNAUTHORIZED = "\"errorMessage\":\"Unauthorized\"";
    private static final String UNKNOWN = "dev.latchkey.authorizer.UnknownEventException";
    private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders";
    private static final long YEAR_2100 = 4_102_444_800L;
    private static final long YEAR_10000 = 253_402_300_800L;

    private AuthorizerCalls() {}

    /**
     * A call.
     *
     * @param answer what the answer, or the error, holds
     */
    record Call(String name, String event, String answer) {}

    /** The settings that these calls are for: a key ring with a key of every kind, and capitals wherever they may be. */
    static Map<String, String> settings() {
        byte[] ec = EC.getPublic().getEncoded();
        byte[] ed = ED.getPublic().getEncoded();
        String keys = "{\"keys\":[{" + TestKeys.jwkMembers(RSA) + ",\"kid\":\"rsa\",\"status\":\"active\"},"
                + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + tail(ec, 64, 32) + "\",\"y\":\"" + tail(ec, 32, 32)
                + "\",\"kid\":\"ec\"},{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + tail(ed, 32, 32)
                + "\",\"kid\":\"ed\"},{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"mac\"}]}";
        return Map.of(
                "JWT_VERIFY_KEY", keys,
                "JWT_TOKEN_SOURCE", "HEADER AUTHORIZATION, QUERY ID_TOKEN, COOKIE SID",
                "JWT_TYPE", "JWT, ID+JWT",
                "POLICY_SCOPE", "API",
                "CONTEXT_CLAIMS", "plan, seats");
    }

    /** All of them, in no order that matters. */
    static List<Call> all() {
        String rsa = rsa(token("RS256", "rsa", "cus_rsa"));
        String ec = ec(token("ES256", "ec", "cus_ec"));
        String ed = token("EdDSA", "ed", "cus_ed").sign("Ed25519", ED.getPrivate());
        String mac = token("HS256", "mac", "cus_mac").hs256(TestKeys.SECRET);
        return List.of(
                new Call("RS256", tokenEvent("Bearer " + rsa), "\"principalId\":\"cus_rsa\""),
                new Call("ES256, scheme in capitals", tokenEvent("BEARER " + ec), "\"principalId\":\"cus_ec\""),
                new Call("EdDSA in a header in capitals", header("AUTHORIZATION", ed), "\"principalId\":\"cus_ed\""),
                new Call(
                        "HS256 at an HTTP API",
                        http2(mac),
                        "{\"isAuthorized\":true,\"context\":{\"user_id\":\"cus_mac\""),
                new Call("ES256 in the query", query("ID_TOKEN", ec), "\"principalId\":\"cus_ec\""),
                new Call(
                        "HS256 in a cookie",
                        "{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "\",\"headers\":{\"COOKIE\":\"a=b; SID=" + mac
                                + "\"}}",
                        "\"principalId\":\"cus_mac\""),
                new Call(
                        "another type in small letters",
                        tokenEvent(rsa(token("RS256", "rsa", "cus_rsa").header("typ", "id+jwt"))),
                        "\"Resource\":\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/*\""),
                new Call(
                        "HTTP API of format 1.0",
                        header("Authorization", rsa).replaceFirst("\\{", "{\"version\":\"1.0\","),
                        "\"principalId\":\"cus_rsa\""),
                new Call(
                        "a customer of many alphabets",
                        tokenEvent(rsa(token("RS256", "rsa", "I\u0130\u0131\u00e9 \u0e2a\u0e21 \u0645\u0631"))),
                        "\"principalId\":\"I\\u0130\\u0131\\u00e9 \\u0e2a\\u0e21 \\u0645\\u0631\""),
                new Call(
                        "numbers and a far date",
                        tokenEvent(ec(token("ES256", "ec", "cus_ec")
                                .claim("exp", YEAR_10000)
                                .claim("plan", "gold")
                                .claim("seats", 1_234_567))),
                        "\"expires_at\":\"+10000-01-01T00:00:00Z\",\"plan\":\"gold\",\"seats\":\"1234567\""),
                new Call(
                        "no customer",
                        tokenEvent(rsa(token("RS256", "rsa", "").claim("sub", "usr_1"))),
                        "\"principalId\":\"usr_1\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":"
                                + "[{\"Action\":\"execute-api:Invoke\",\"Effect\":\"Deny\""),
                new Call(
                        "expired", tokenEvent(rsa(token("RS256", "rsa", "cus_1").claim("exp", 1))), UNAUTHORIZED),
                new Call(
                        "expired at an HTTP API",
                        http2(ec(token("ES256", "ec", "cus_1").claim("exp", 1))),
                        "{\"isAuthorized\":false}"),
                new Call(
                        "not yet valid",
                        tokenEvent(ec(token("ES256", "ec", "cus_1").claim("nbf", YEAR_2100))),
                        UNAUTHORIZED),
                new Call(
                        "another issuer",
                        tokenEvent(rsa(token("RS256", "rsa", "cus_1").claim("iss", "i"))),
                        UNAUTHORIZED),
                new Call(
                        "signed by another RSA key",
                        tokenEvent(token("RS256", "rsa", "cus_1")
                                .rs256(TestKeys.rsa("other").getPrivate())),
                        UNAUTHORIZED),
                new Call("signature of another token", http2(mixed(ec, ed)), "{\"isAuthorized\":false}"),
                new Call("unknown kid", header("authorization", rsa(token("RS256", "rsb", "cus_1"))), UNAUTHORIZED),
                new Call(
                        "no kid, and one key of its algorithm",
                        tokenEvent(rsa(token("RS256", "rsa", "cus_1").withoutHeader("kid"))),
                        "\"principalId\":\"cus_1\""),
                new Call(
                        "a public key as secret",
                        tokenEvent(token("HS256", "rsa", "cus_1").hs256(TestKeys.pem(RSA.getPublic()))),
                        UNAUTHORIZED),
                new Call("alg none", tokenEvent(token("none", "rsa", "cus_1").signingInput() + "."), UNAUTHORIZED),
                new Call("crit", tokenEvent(rsa(token("RS256", "rsa", "cus_1").header("crit", "x"))), UNAUTHORIZED),
                new Call("another scheme", tokenEvent("Basic " + rsa), UNAUTHORIZED),
                new Call("no token", tokenEvent("not-a-token"), UNAUTHORIZED),
                new Call("too large", tokenEvent("a".repeat(9000)), UNAUTHORIZED),
                new Call("no header", "{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "\"}", UNAUTHORIZED),
                new Call("two tokens", header("Authorization", rsa, "AUTHORIZATION", ec), UNAUTHORIZED),
                new Call("another event", "{\"Records\":[]}", UNKNOWN),
                new Call("no event", "{", UNKNOWN));
    }

    private static TestTokens token(String alg, String kid, String customer) {
        return TestTokens.good(alg)
                .header("kid", kid)
                .claim("org_id", customer)
                .claim("sub", customer)
                .claim("exp", YEAR_2100);
    }

    private static String rsa(TestTokens token) {
        return token.rs256(RSA.getPrivate());
    }

    private static String ec(TestTokens token) {
        return token.sign("SHA256withECDSAinP1363Format", EC.getPrivate());
    }

    /** The first token under the second one's signature. */
    private static String mixed(String first, String second) {
        return first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
    }

    private static String tokenEvent(String authorization) {
        return "{\"type\":\"TOKEN\",\"methodArn\":\"" + ARN + "\",\"authorizationToken\":\"" + authorization + "\"}";
    }

    private static String header(String... namesAndTokens) {
        StringBuilder headers = new StringBuilder("\"host\":\"api\"");
        for (int i = 0; i < namesAndTokens.length; i += 2) {
            headers.append(",\"" + namesAndTokens[i] + "\":\"Bearer " + namesAndTokens[i + 1] + "\"");
        }
        return "{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "\",\"headers\":{" + headers + "}}";
    }

    private static String query(String name, String token) {
        return "{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "\",\"queryStringParameters\":{\"" + name + "\":\""
                + token + "\"}}";
    }

    private static String http2(String token) {
        return "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":\"" + ARN
                + "\",\"headers\":{\"authorization\":\"Bearer " + token + "\"}}";
    }

    /** Some of the last bytes, in which an encoded public key holds its coordinates. */
    private static String tail(byte[] encoded, int fromEnd, int length) {
        return TestKeys.base64url(
                Arrays.copyOfRange(encoded, encoded.length - fromEnd, encoded.length - fromEnd + length));
    }
}

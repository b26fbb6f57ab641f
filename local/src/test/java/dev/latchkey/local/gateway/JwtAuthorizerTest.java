package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import dev.latchkey.local.testing.Fixtures;
import dev.latchkey.testing.TestKeys;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JwtAuthorizerTest {

    private static final KeyPair FIRST = TestKeys.rsa("jwt-1");
    private static final KeyPair SECOND = TestKeys.rsa("jwt-2");
    private static final KeyPair CURVE = TestKeys.ec("jwt-3", 256);

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> published = List.of(rsa(FIRST, "k1"), ec(CURVE, "k3"));
    private volatile boolean isDown;
    private final LoopbackServer issuer = LoopbackServer.start("issuer", 0, "", exchange -> {
        if (isDown) {
            return LoopbackServer.Response.json(503, new byte[0], Map.of());
        }
        String body;
        if (exchange.getRequestURI().getPath().equals("/.well-known/openid-configuration")) {
            body = "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}";
        } else {
            fetches.incrementAndGet();
            body = new JWKSet(published).toString();
        }
        return LoopbackServer.Response.json(200, body.getBytes(StandardCharsets.UTF_8), Map.of());
    });
    private final ServedApi served = new ServedApi(api(), Fixtures.success("{}"), Fixtures.success("{\"orders\": []}"));

    @AfterEach
    void stop() {
        served.close();
        issuer.close();
    }

    @Test
    void aGoodTokenPassesAndTheFunctionSeesItsClaimsAsText() throws Exception {
        String token = token(claims -> claims.claim("roles", List.of("a", "b")).claim("level", 7));

        assertThat(call("Bearer " + token).statusCode()).isEqualTo(200);
        assertThat(call("bearer " + token).statusCode()).isEqualTo(200);
        assertThat(call(token).statusCode()).isEqualTo(200);

        JsonNode authorizer = JsonTree.parse(served.functionEvents().get(0))
                .orElseThrow()
                .path("requestContext")
                .path("authorizer");
        assertThat(authorizer.has("lambda")).isFalse();
        assertThat(authorizer.path("jwt").path("claims").path("sub").asText()).isEqualTo("cus_1");
        assertThat(authorizer.path("jwt").path("claims").path("roles").asText()).isEqualTo("[a b]");
        assertThat(authorizer.path("jwt").path("claims").path("level").isTextual())
                .isTrue();
        assertThat(authorizer.path("jwt").path("scopes").isNull()).isTrue();
    }

    @Test
    void whatDoesNotHoldIsUnauthorizedAndTheHeaderTellsWhy() throws Exception {
        assertRefused(token(claims -> claims.issuer("https://other.example")), "issuer is another");
        assertRefused(token(claims -> claims.audience("other")), "does not have a valid audience");
        assertRefused(token(claims -> claims.audience((String) null)), "does not have a valid audience");
        assertRefused(token(claims -> claims.expirationTime(at(0))), "the token has expired");
        assertRefused(token(claims -> claims.expirationTime(null)), "the token has expired");
        assertRefused(token(claims -> claims.notBeforeTime(at(60))), "not valid yet");
        assertRefused(token(claims -> claims.issueTime(at(60))), "not valid yet");
        assertRefused(token(SECOND, "k1"), "the signature is invalid");
        assertRefused(token(FIRST, null), "has no key id");
        assertRefused("a.b.c", "malformed");
    }

    @Test
    void anAudienceCountsBeforeTheClient() throws Exception {
        assertThat(call(token(claims -> claims.audience((String) null).claim("client_id", "api")))
                        .statusCode())
                .isEqualTo(200);
        assertRefused(token(claims -> claims.audience("other").claim("client_id", "api")), "valid audience");
    }

    @Test
    void aCurveIsRefusedThoughItIsPublished() throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k3").build(), claims(claims -> {}));
        jwt.sign(new ECDSASigner((java.security.interfaces.ECPrivateKey) CURVE.getPrivate()));

        assertRefused(jwt.serialize(), "the signature is invalid");
    }

    @Test
    void keysAreKeptAndFetchedAgainForAnUnknownKeyId() throws Exception {
        call(token(FIRST, "k1"));
        call(token(FIRST, "k1"));
        assertThat(fetches).hasValue(1);

        published = List.of(rsa(FIRST, "k1"), rsa(SECOND, "k2"));
        assertThat(call(token(SECOND, "k2")).statusCode()).isEqualTo(200);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void withoutTheDiscoveryDocumentNobodyPasses() throws Exception {
        isDown = true;
        assertRefused(token(FIRST, "k1"), "OIDC discovery endpoint communication error");

        isDown = false;
        assertThat(call(token(FIRST, "k1")).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutATokenTheHeaderIsNotThere() throws Exception {
        HttpResponse<String> answer = served.send("GET", "/orders");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    private void assertRefused(String token, String why) throws Exception {
        HttpResponse<String> answer = call("Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(answer.headers().firstValue("www-authenticate"))
                .get()
                .asString()
                .startsWith("Bearer scope=\"\" error=\"invalid_token\" error_description=\"")
                .contains(why);
    }

    private HttpResponse<String> call(String authorization) throws Exception {
        return served.send("GET", "/orders", "Authorization", authorization);
    }

    private String issuer() {
        return "http://127.0.0.1:" + issuer.port();
    }

    private Date at(int seconds) {
        return Date.from(served.clock().instant().plusSeconds(seconds));
    }

    private JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("api")
                .subject("cus_1")
                .issueTime(at(0))
                .expirationTime(at(60));
        change.accept(claims);
        return claims.build();
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(FIRST, "k1", claims(change));
    }

    private String token(KeyPair pair, @Nullable String kid) throws JOSEException {
        return signed(pair, kid, claims(claims -> {}));
    }

    private static String signed(KeyPair pair, @Nullable String kid, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(kid)
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(pair.getPrivate()));
        return jwt.serialize();
    }

    private static JWK rsa(KeyPair pair, String kid) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build();
    }

    private static JWK ec(KeyPair pair, String kid) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .keyID(kid)
                .build();
    }

    private HttpApi api() {
        AuthorizerDefinition jwt =
                new AuthorizerDefinition.Jwt("ApiGateway", "Authorization", issuer(), List.of("api"));
        Route orders =
                new Route("GET", "/orders", new Security.Custom("ApiGateway"), new Integration.LambdaProxy("Function"));
        return new HttpApi("JwtApi", Map.of(), List.of(orders), Map.of("ApiGateway", jwt), Optional.empty());
    }
}

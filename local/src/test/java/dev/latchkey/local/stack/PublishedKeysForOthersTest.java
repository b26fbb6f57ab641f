package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.keys.RingRotation;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;

@DisplayName("What publish publishes, next, active and previous keys, is enough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedKeysForOthersTest {

    private static final Path MOTO = Path.of("../.venv/bin/moto_server");
    private static final String SECRET = "latchkey/published";
    private static final String AUDIENCE = "https://api.example.com";

    private final String before = NewKeyRing.of(Algorithm.RS256).secretText();
    private final Services services = Services.start(MOTO).orElseThrow();
    private final String issuer;
    private final LocalStack stack;
    private String issued = "";

    PublishedKeysForOthersTest() throws IOException {
        String ring = new RingRotation(Clock.systemUTC(), null, null, null)
                .atOnce(before)
                .text();
        services.createSecret(SECRET, ring);
        int port = StackCalls.freePort();
        issuer = "http://127.0.0.1:" + port;
        Template template = Template.read(
                Path.of("../template.yaml"),
                Map.of("Algorithm", "RS256", "RotateEvery", "90 days", "Issuer", issuer, "Audience", AUDIENCE));
        KeySettings keys = KeySettings.inSecret(SECRET, Algorithm.RS256, services.endpoint());
        Map<String, Map<String, String>> variables = new LinkedHashMap<>(keys.environment(Map.of()));
        variables.put("PublishFunction", keys.of("PublishFunction", Map.of()));
        stack = LocalStack.start(
                template,
                StackOptions.defaults().withOpenApiPort(port).withEnvironment(variables),
                services,
                StackListener.none());
    }

    @BeforeAll
    void issue() {
        issued = StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"))
                .path("apikey")
                .asText();
    }

    @AfterAll
    void stop() {
        stack.close();
        services.close();
    }

    /** What the key of before the rotation signed. */
    private String signedBefore(Instant expiry) {
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        return new TokenSigner(
                        KeySource.fixed(KeyRing.read(before).signingKey(null, null)),
                        new ClaimNames("sub", "org_id"),
                        issuer,
                        List.of(AUDIENCE))
                .sign(new KeyClaims("cus_1", "k1", now.minusSeconds(7200), expiry, List.of(), null, null));
    }

    @Test
    @DisplayName("for Spring Security, by its issuer's location alone")
    void spring() {
        JwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer);

        assertThat(decoder.decode(issued).getClaimAsString("org_id")).isEqualTo("cus_1");
        assertThat(decoder.decode(signedBefore(Instant.now().plusSeconds(60))).getAudience())
                .containsExactly(AUDIENCE);
        assertThatThrownBy(() -> decoder.decode(signedBefore(Instant.now().minusSeconds(3600))))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> decoder.decode(issued.substring(0, issued.length() - 8) + "AAAAAAAA"))
                .isInstanceOf(JwtException.class);
    }

    @Test
    @DisplayName("for jose4j, by the set")
    void jose4j() throws InvalidJwtException {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new HttpsJwksVerificationKeyResolver(new HttpsJwks(issuer + "/.well-known/jwks.json")))
                .setExpectedIssuer(issuer)
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .build();

        assertThat(consumer.processToClaims(issued).getClaimValue("org_id")).isEqualTo("cus_1");
        assertThat(consumer.processToClaims(signedBefore(Instant.now().plusSeconds(60)))
                        .getClaimValue("org_id"))
                .isEqualTo("cus_1");
        String expired = signedBefore(Instant.now().minusSeconds(3600));
        assertThatThrownBy(() -> consumer.processToClaims(expired)).isInstanceOf(InvalidJwtException.class);
    }
}

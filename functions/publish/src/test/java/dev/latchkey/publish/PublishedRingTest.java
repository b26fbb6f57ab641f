package dev.latchkey.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RingRotation;
import dev.latchkey.keys.RotatedRing;
import dev.latchkey.provisioning.PublishedStatuses;
import dev.latchkey.status.Status;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The published set of a ring in rotation")
class PublishedRingTest {

    private static final Set<String> PUBLIC = Set.of("kty", "kid", "alg", "use", "n", "e", "crv", "x", "y");
    private static final List<Algorithm> ALGORITHMS = List.of(Algorithm.ES256, Algorithm.HS256, Algorithm.EdDSA);
    private static final int FLOOD = 2000;
    private static final Duration VERIFIERS_KEEP_SETS = Duration.ofHours(2);
    private static final Pattern AGE = Pattern.compile("(max-age|stale-while-revalidate|stale-if-error)=(\\d+)");

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final RecordingLogger log = new RecordingLogger();

    private JsonObject published(String ring) throws Exception {
        PublishHandler handler = new PublishHandler(
                Map.of("PLUGIN_JWT_KEYS_TABLE", "keys", "PLUGIN_JWT_SECRET_ID", "ring"),
                extension -> id -> ring,
                name -> new NoStatuses(),
                clock,
                log);
        return answer(handler, "/.well-known/jwks.json");
    }

    private JsonObject answer(PublishHandler handler, String path) throws Exception {
        String event = "{\"rawPath\":\"" + path + "\",\"requestContext\":{\"http\":{\"method\":\"GET\"},"
                + "\"stage\":\"$default\",\"domainName\":\"keys.example\"},\"headers\":{}}";
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new TestContext(log));
        return JsonReader.readObject(output.toByteArray(), new JsonLimits(100_000, 8));
    }

    private static final class NoStatuses implements PublishedStatuses {
        @Override
        public int lists() {
            return 1;
        }

        @Override
        public Map<Integer, Status> notValid(int list, Instant now) {
            return Map.of();
        }

        @Override
        public Map<String, Instant> cutOffs() {
            return Map.of();
        }
    }

    @Test
    @DisplayName("K14: holds the public halves of next, active and previous, and nothing private, whatever the ring")
    void onlyPublic() throws Exception {
        Random random = new Random(14);
        RingRotation rotation = new RingRotation(clock, null, null, null);
        String thumbprint = new RSAKey.Builder((RSAPublicKey) TestKeys.rsa("r").getPublic())
                .build()
                .computeThumbprint()
                .toString();
        for (int round = 0; round < 10; round++) {
            String ring = round % 2 == 0
                    ? TestKeys.SECRET
                    : "{" + TestKeys.privateJwkMembers(TestKeys.rsa("r")) + ",\"alg\":\"RS256\",\"kid\":\""
                            + (round % 4 == 1 ? "r" : thumbprint) + "\"}";
            for (int turn = 0; turn < 6; turn++) {
                Algorithm algorithm = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
                RotatedRing moved = random.nextBoolean()
                        ? rotation.withNext(ring, algorithm)
                        : rotation.after(ring, Instant.EPOCH, algorithm);
                ring = moved.text();
                clock.turn(RingRotation.PUBLISHED_FIRST);
                JsonObject answer = published(ring);
                String set = answer.string("body").orElseThrow();
                JWKSet read = JWKSet.parse(set);
                Set<String> kids = new HashSet<>();
                read.getKeys().forEach(key -> {
                    assertThat(key.isPrivate()).isFalse();
                    assertThat(key.toJSONObject().keySet()).isSubsetOf(PUBLIC);
                    assertThat(kids.add(key.getKeyID())).isTrue();
                });
                KeySet all = KeyRing.read(ring).keySetBeside(null, null);
                all.keys().stream()
                        .filter(key -> !key.algorithm().isSymmetric())
                        .forEach(key ->
                                key.kid().ifPresent(kid -> assertThat(kids).contains(kid)));
            }
        }
    }

    @Test
    @DisplayName(
            "K20: is answered to a flood on all its routes, and on none, from one reading of the secret in 48 seconds")
    void flood() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        String ring = NewKeyRing.of(Algorithm.ES256).secretText();
        PublishHandler handler = new PublishHandler(
                Map.of("PLUGIN_JWT_KEYS_TABLE", "keys", "PLUGIN_JWT_SECRET_ID", "ring"),
                extension -> id -> {
                    readings.incrementAndGet();
                    return ring;
                },
                name -> new NoStatuses(),
                clock,
                log);
        Map<String, Integer> statuses = Map.of(
                "/.well-known/jwks.json", 200,
                "/.well-known/openid-configuration", 200,
                "/.well-known/jwks.json/", 404,
                "/.well-known/jwks.json?kid=unknown", 404);
        Duration minutes = Duration.ofMinutes(8);
        for (int i = 0; i < FLOOD; i++) {
            clock.turn(minutes.dividedBy(FLOOD));
            for (Map.Entry<String, Integer> route : statuses.entrySet()) {
                assertThat(answer(handler, route.getKey()).get("statusCode"))
                        .hasToString("Optional[" + route.getValue() + "]");
            }
        }
        assertThat(readings).hasValueBetween(10, 11);
    }

    @Test
    @DisplayName("K21: is kept by caches no longer than a next key waits beside the two hours of verifiers")
    void cached() throws Exception {
        JsonObject answer = published(TestKeys.SECRET);
        Matcher ages =
                AGE.matcher(answer.object("headers").string("cache-control").orElseThrow());
        Duration usual = RefreshPolicy.FOR_SIGNING.timeToLive();
        Duration inAnOutage = Duration.ZERO;
        while (ages.find()) {
            Duration age = Duration.ofSeconds(Long.parseLong(ages.group(2)));
            if (ages.group(1).equals("stale-if-error")) {
                inAnOutage = age;
            } else {
                usual = usual.plus(age);
            }
        }
        assertThat(usual).isLessThan(RingRotation.PUBLISHED_FIRST.minus(VERIFIERS_KEEP_SETS));
        assertThat(inAnOutage).isPositive().isLessThan(VERIFIERS_KEEP_SETS);
    }
}

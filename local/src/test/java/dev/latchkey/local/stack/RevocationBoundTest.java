package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a revoked key is still let in while eight clients call both APIs without end: the built packages, an emulator
 * of DynamoDB and SQS, and real clocks.
 */
@Tag("load")
class RevocationBoundTest {

    private static final Path MOTO = Path.of("../.venv/bin/moto_server");
    private static final int CLIENTS = 8;
    private static final int CUSTOMERS = 10;
    private static final Duration LIST_LIFETIME = Duration.ofSeconds(6);

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    private record Key(String customer, String id, String text) {}

    /** A revocation by {@link System#nanoTime}: when it was asked for, and when that was answered. */
    private record Revocation(Key key, long asked, long answered) {}

    @Test
    void noDoorLetsARevokedKeyInAfterTenSeconds() {
        Duration worst = worstOf(200, 60, Duration.ofSeconds(30), Duration.ofSeconds(10), Map.of(), Map.of());

        System.out.printf(Locale.ROOT, "with flushes: refused everywhere after %.1f s%n", worst.toMillis() / 1e3);
        assertThat(worst).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void withoutTheFlushItTakesTheListsLifetimeAndTheCachesAtMost() {
        Duration cached = Duration.ofSeconds(15);
        Duration bound = LIST_LIFETIME.plus(cached);
        Duration worst = worstOf(
                40,
                20,
                Duration.ofSeconds(10),
                bound,
                Map.of("AuthorizerTtl", String.valueOf(cached.toSeconds())),
                Map.of("PLUGIN_JWT_FLUSH_QUEUE_URL", ""));

        System.out.printf(Locale.ROOT, "without flushes: refused everywhere after %.1f s%n", worst.toMillis() / 1e3);
        assertThat(worst).isBetween(Duration.ofSeconds(10), bound);
    }

    /**
     * The longest time for which a key was let in after its revocation had been answered. No key that is not revoked may
     * be refused meanwhile, nor any be answered otherwise.
     */
    private Duration worstOf(
            int keys,
            int revocations,
            Duration during,
            Duration bound,
            Map<String, String> parameters,
            Map<String, String> issueKey) {
        try (Services services = Services.start(MOTO).orElseThrow();
                LocalStack stack = start(services, parameters, issueKey)) {
            List<Key> issued = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                issued.add(create(stack, "cus_" + i % CUSTOMERS));
            }
            List<String> texts = issued.stream().map(Key::text).toList();
            List<Revocation> revoked = new ArrayList<>();
            KeyLoad load = KeyLoad.start(StackCalls.doors(stack), texts, CLIENTS);
            try (load) {
                while (!texts.stream().allMatch(load::wasAllowed)) {
                    pause(Duration.ofMillis(100));
                }
                for (Key key : chosen(issued, revocations)) {
                    long asked = System.nanoTime();
                    StackCalls.issueKey(stack, "revokeApiKey", Map.of("customerId", key.customer(), "keyId", key.id()));
                    revoked.add(new Revocation(key, asked, System.nanoTime()));
                    pause(during.dividedBy(revocations));
                }
                pause(bound.plusSeconds(1));
                for (Revocation revocation : revoked) {
                    for (URI door : StackCalls.doors(stack)) {
                        assertThat(load.ask(door, revocation.key().text())).isEqualTo(403);
                    }
                }
            }
            assertThat(load.unexpected()).as(() -> String.join("\n", errors)).isEmpty();
            assertThat(load.calls()).isGreaterThan(keys * 10L);
            assertNoGoodKeyWasRefused(load, issued, revoked);
            System.out.printf("%d calls, %d keys, %d revoked%n", load.calls(), keys, revoked.size());
            return Duration.ofNanos(revoked.stream()
                    .mapToLong(one -> load.lastAllowed(one.key().text()) - one.answered())
                    .max()
                    .orElseThrow());
        }
    }

    private static void assertNoGoodKeyWasRefused(KeyLoad load, List<Key> issued, List<Revocation> revoked) {
        List<Key> good = new ArrayList<>(issued);
        for (Revocation revocation : revoked) {
            good.remove(revocation.key());
            assertThat(load.wasRefusedBefore(revocation.key().text(), revocation.asked()))
                    .isFalse();
        }
        assertThat(good).noneMatch(key -> load.wasRefused(key.text()));
    }

    private LocalStack start(Services services, Map<String, String> parameters, Map<String, String> issueKey) {
        KeySettings keys =
                KeySettings.of(Map.of(KeySettings.DYNAMODB, services.endpoint().toString()), Algorithm.RS256);
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("Algorithm", keys.algorithm().name());
        Template template = Template.read(Path.of("../template.yaml"), all);
        Map<String, Map<String, String>> variables =
                new LinkedHashMap<>(keys.environment(Map.of("IssueKeyFunction", issueKey)));
        variables.put("PublishFunction", keys.of("PublishFunction", Map.of()));
        return LocalStack.start(template, StackOptions.defaults().withEnvironment(variables), services, listener());
    }

    private StackListener listener() {
        return new StackListener() {
            @Override
            public void request(RequestRecord record) {}

            @Override
            public void line(String function, Stream stream, String line) {
                if (line.contains("\"ERROR\"")) {
                    errors.add(function + ": " + line);
                }
            }
        };
    }

    private static List<Key> chosen(List<Key> keys, int number) {
        List<Key> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(number));
        return shuffled.subList(0, number);
    }

    private static Key create(LocalStack stack, String customer) {
        JsonNode answer =
                StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", customer, "email", "load@example.com"));
        return new Key(
                customer, answer.path("keyId").asText(), answer.path("apikey").asText());
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}

package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What becomes of good keys while nobody publishes status lists: the built packages, and real clocks, with the shortest time
 * that lists may be believed for.
 */
@Tag("load")
class StatusOutageTest {

    private static final Duration BELIEVED = Duration.ofMinutes(1);
    private static final Duration LIST_AGE_AT_MOST = Duration.ofSeconds(8);

    @Test
    void goodKeysAreServedUntilTheListsAreTooOldAndAgainOnceTheyCanBeHad() throws Exception {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                Way way = new Way();
                LocalStack stack = start(services, way)) {
            way.open(stack.openApiUrl());
            String good = created(stack, "cus_1");
            String revoked = created(stack, "cus_2");
            StackCalls.issueKey(stack, "revokeCustomer", Map.of("customerId", "cus_2"));
            for (URI door : StackCalls.doors(stack)) {
                assertThat(StackCalls.status(door, good)).isEqualTo(200);
                await(door, revoked, 403, LIST_AGE_AT_MOST);
            }

            way.cut();
            long outage = System.nanoTime();
            Duration bound = BELIEVED.minus(LIST_AGE_AT_MOST);
            while (System.nanoTime() - outage < bound.toNanos()) {
                for (URI door : StackCalls.doors(stack)) {
                    assertThat(StackCalls.status(door, good)).isEqualTo(200);
                    assertThat(StackCalls.status(door, revoked)).isEqualTo(403);
                }
                Thread.sleep(250);
            }
            for (URI door : StackCalls.doors(stack)) {
                await(door, good, 500, LIST_AGE_AT_MOST.multipliedBy(2));
                assertThat(StackCalls.status(door, revoked)).isEqualTo(500);
            }

            way.open(stack.openApiUrl());
            for (URI door : StackCalls.doors(stack)) {
                await(door, good, 200, LIST_AGE_AT_MOST);
                assertThat(StackCalls.status(door, revoked)).isEqualTo(403);
            }
        }
    }

    private static LocalStack start(Services services, Way way) {
        KeySettings keys = KeySettings.of(
                Map.of(
                        KeySettings.DYNAMODB,
                        services.endpoint().toString(),
                        "PLUGIN_JWT_STATUS_LIST_BASE",
                        way.address(),
                        "JWT_STATUS_MAX_AGE",
                        BELIEVED.toSeconds() + "s"),
                Algorithm.RS256);
        Template template = Template.read(
                Path.of("../template.yaml"),
                Map.of("Algorithm", keys.algorithm().name(), "AuthorizerTtl", "0"));
        Map<String, Map<String, String>> variables = new LinkedHashMap<>(keys.environment(Map.of()));
        variables.put("PublishFunction", keys.of("PublishFunction", Map.of()));
        return LocalStack.start(
                template, StackOptions.defaults().withEnvironment(variables), services, StackListener.none());
    }

    private static String created(LocalStack stack, String customer) {
        return StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", customer, "email", "a@b.co"))
                .path("apikey")
                .asText();
    }

    private static void await(URI door, String key, int status, Duration atMost) throws Exception {
        long start = System.nanoTime();
        while (StackCalls.status(door, key) != status) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until " + status)
                    .isLessThan(atMost.toNanos());
            Thread.sleep(200);
        }
    }

    /** The way to the published lists, which can be cut: then connections end without an answer. */
    private static final class Way implements AutoCloseable {

        private final HttpServer server;
        private volatile @Nullable URI publisher;

        Way() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::pass);
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        void open(URI to) {
            publisher = to;
        }

        void cut() {
            publisher = null;
        }

        private void pass(HttpExchange exchange) throws IOException {
            URI to = publisher;
            try (exchange) {
                if (to != null) {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create(to + exchange.getRequestURI().toString()))
                            .build();
                    HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

package dev.latchkey.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.PublishedStatuses;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.Status;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is published")
class PublishHandlerTest {

    private static final StatusListBase BASE = new StatusListBase("https://api-id.execute-api.us-east-1.amazonaws.com");
    private static final KeySet RSA = KeyRing.read("{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"k1\"}")
            .keySet(List.of(), null);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final RecordingLogger log = new RecordingLogger();
    private final Table table = new Table();
    private final PublishHandler handler = handler(
            "PLUGIN_JWT_SECRET",
            TestKeys.pem(Door.RSA.getPrivate()),
            "PLUGIN_JWT_ALGORITHM",
            "RS256",
            "PLUGIN_JWT_KID",
            "k1");

    /** The table as it is set. */
    private static final class Table implements PublishedStatuses {
        private final Map<Integer, Status> statuses = new HashMap<>();
        private final Map<String, Instant> cutOffs = new HashMap<>();
        private int lists = 1;
        private int readings;
        private boolean isDown;

        @Override
        public int lists() {
            if (isDown) {
                throw new KeyTableUnavailableException("10.0.0.7 refused");
            }
            return lists;
        }

        @Override
        public Map<Integer, Status> notValid(int list, Instant now) {
            readings++;
            return Map.copyOf(statuses);
        }

        @Override
        public Map<String, Instant> cutOffs() {
            return Map.copyOf(cutOffs);
        }
    }

    private PublishHandler handler(String... settings) {
        Map<String, String> environment =
                new HashMap<>(Map.of("PLUGIN_JWT_KEYS_TABLE", "keys", "AWS_LAMBDA_FUNCTION_NAME", "prod-Publish"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new PublishHandler(
                environment,
                extension -> {
                    throw new IllegalStateException("no secret is named");
                },
                name -> table,
                clock,
                log);
    }

    private JsonObject get(String path, String... headers) {
        return call(handler, "GET", path, headers);
    }

    private JsonObject call(PublishHandler function, String method, String path, String... headers) {
        JsonObjectBuilder named = new JsonObjectBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        JsonObject context = new JsonObjectBuilder()
                .put("domainName", "api-id.execute-api.us-east-1.amazonaws.com")
                .put("stage", "$default")
                .put("http", new JsonObjectBuilder().put("method", method).build())
                .build();
        JsonObject event = new JsonObjectBuilder()
                .put("version", "2.0")
                .put("rawPath", path)
                .put("headers", named.build())
                .put("requestContext", context)
                .build();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                    output,
                    new TestContext(log));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return json(output.toString(StandardCharsets.UTF_8));
    }

    private static JsonObject json(String text) {
        try {
            return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), new JsonLimits(1 << 20, 16));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(text, e);
        }
    }

    private static int status(JsonObject answer) {
        return Integer.parseInt(answer.get("statusCode").orElseThrow().toString());
    }

    private static String body(JsonObject answer) {
        return answer.string("body").orElseThrow();
    }

    private static String header(JsonObject answer, String name) {
        return answer.object("headers").string(name).orElse("");
    }

    private StatusListToken list(JsonObject answer) {
        return StatusListToken.read(body(answer), RSA, BASE, BASE.uri(1), clock.instant());
    }

    @Test
    @DisplayName("is a list that a door reads, signed by the key that signs API keys, for the address that was asked")
    void list() {
        table.statuses.put(5, Status.REVOKED);
        table.statuses.put(6, Status.SUSPENDED);
        table.cutOffs.put("cus_1", TestTokens.NOW);

        JsonObject answer = get("/statuslists/1");

        assertThat(status(answer)).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("application/statuslist+jwt");
        assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=1, stale-if-error=0");
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
        StatusListToken list = list(answer);
        assertThat(list.status(4)).isEqualTo(Status.VALID);
        assertThat(list.status(5)).isEqualTo(Status.REVOKED);
        assertThat(list.status(6)).isEqualTo(Status.SUSPENDED);
        assertThat(list.cutoffs().end("cus_1", TestTokens.NOW)).isTrue();
        assertThat(body(answer)).doesNotContain("cus_1");
    }

    @Test
    @DisplayName("has the latest cut-offs where there are more than a list has room for, and the log tells")
    void tooManyCutOffs() {
        for (int i = 0; i <= Cutoffs.MAX_CUSTOMERS; i++) {
            table.cutOffs.put("cus_" + i, TestTokens.NOW.minusSeconds(i));
        }

        Cutoffs cutOffs = list(get("/statuslists/1")).cutoffs();

        assertThat(cutOffs.end("cus_0", TestTokens.NOW)).isTrue();
        assertThat(cutOffs.end("cus_1999", TestTokens.NOW.minusSeconds(1999))).isTrue();
        assertThat(cutOffs.end("cus_2000", TestTokens.NOW.minusSeconds(2000))).isFalse();
        assertThat(String.join("\n", log.lines()))
                .contains("cut-offs left out", "\"customers\":1", "\"PublishFailures\":1", "ERROR");
    }

    @Test
    @DisplayName("is no public key where keys are signed with a shared secret, which is said at the start")
    void noPublicKeys() {
        handler("PLUGIN_JWT_SECRET", TestKeys.SECRET).warmUp();
        assertThat(log.last()).contains("no public key is published", "keys are signed with a shared secret (HS*)");
        log.lines().clear();

        handler.warmUp();

        assertThat(log.lines()).noneMatch(line -> line.contains("no public key"));
    }

    @Test
    @DisplayName("is read once in a second, and anew in the next")
    void held() {
        get("/statuslists/1");
        clock.turn(Duration.ofMillis(999));
        table.statuses.put(1, Status.REVOKED);
        assertThat(list(get("/statuslists/1")).status(1)).isEqualTo(Status.VALID);
        assertThat(table.readings).isEqualTo(1);

        clock.turn(Duration.ofMillis(1));

        assertThat(list(get("/statuslists/1")).status(1)).isEqualTo(Status.REVOKED);
    }

    @Test
    @DisplayName("is confirmed by its tag while its content is the same, for 5 seconds at most")
    void confirmed() {
        String etag = header(get("/statuslists/1"), "etag");
        clock.turn(Duration.ofSeconds(2));
        JsonObject same = get("/statuslists/1", "if-none-match", etag);
        assertThat(status(same)).isEqualTo(304);
        assertThat(body(same)).isEmpty();

        table.statuses.put(9, Status.REVOKED);
        clock.turn(Duration.ofSeconds(2));
        assertThat(status(get("/statuslists/1", "if-none-match", etag))).isEqualTo(200);
        String next = header(get("/statuslists/1"), "etag");
        clock.turn(Duration.ofSeconds(5));
        assertThat(status(get("/statuslists/1", "if-none-match", next))).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is confirmed by a star, and by its tag weak, strong or among others")
    @CsvSource(
            delimiter = ';',
            value = {"*;304", "TAG;304", "W/TAG;304", "\"a\", TAG;304", "\"a\";200", "TAGx;200", ";200"})
    void tags(@Nullable String header, int status) {
        String etag = header(get("/.well-known/jwks.json"), "etag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        String sent = header == null ? "" : header.replace("TAG", etag);

        assertThat(status(get("/.well-known/jwks.json", "if-none-match", sent))).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is compressed only for those who accept it")
    @CsvSource(
            delimiter = ':',
            value = {
                "gzip:true",
                "br, gzip;q=0.5:true",
                "GZIP ; q=1:true",
                "gzip;q=0:false",
                "gzip; q=0.000, br:false",
                "x-gzip:false",
                "gzipped:false"
            })
    void accepted(String header, boolean isCompressed) {
        String body = get("/statuslists/1", "accept-encoding", header).toString();
        assertThat(body.contains("\"content-encoding\":\"gzip\"")).isEqualTo(isCompressed);
    }

    @Test
    @DisplayName("is compressed for those who accept it, and has no body for HEAD")
    void compressed() throws IOException {
        JsonObject answer = get("/statuslists/1", "accept-encoding", "br, gzip");
        assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
        byte[] bytes = Base64.getDecoder().decode(body(answer));
        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(StatusListToken.read(text, RSA, BASE, BASE.uri(1), clock.instant()))
                .isNotNull();

        JsonObject head = call(handler, "HEAD", "/statuslists/1");
        assertThat(status(head)).isEqualTo(200);
        assertThat(body(head)).isEmpty();
        assertThat(header(head, "content-type")).isEqualTo("application/statuslist+jwt");
    }

    @Test
    @DisplayName("are the lists that there are, and before the first key one")
    void aggregation() {
        table.lists = 2;
        assertThat(body(get("/statuslists")))
                .isEqualTo("{\"status_lists\":[\"" + BASE.uri(1) + "\",\"" + BASE.uri(2) + "\"]}");
        assertThat(status(get("/statuslists/2"))).isEqualTo(200);
        assertThat(status(get("/statuslists/3"))).isEqualTo(404);
        table.lists = 0;
        assertThat(status(get("/statuslists/1"))).isEqualTo(200);
    }

    @Test
    @DisplayName("are the public keys, by which keys can be checked, and never a private one")
    void jwks() {
        JsonObject set = json(body(get("/.well-known/jwks.json")));

        JsonObject jwk = (JsonObject)
                ((JsonArray) set.get("keys").orElseThrow()).elements().get(0);
        assertThat(jwk.members()).containsOnlyKeys("kty", "n", "e", "kid", "alg", "use");
        String token = TestTokens.good("RS256").header("kid", "k1").rs256(Door.RSA.getPrivate());
        Door.of(set.toString()).accepts(token);
    }

    @Test
    @DisplayName("of a shared secret are lists that it authenticates, and an empty set of keys")
    void sharedSecret() {
        PublishHandler shared = handler("PLUGIN_JWT_SECRET", TestKeys.SECRET);

        assertThat(body(call(shared, "GET", "/.well-known/jwks.json"))).isEqualTo("{\"keys\":[]}");
        KeySet secret = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);
        String text = body(call(shared, "GET", "/statuslists/1"));
        assertThat(StatusListToken.read(text, secret, BASE, BASE.uri(1), clock.instant()))
                .isNotNull();
        assertThat(text).doesNotContain(TestKeys.SECRET);
    }

    @Test
    @DisplayName("is what a verifier discovers keys by")
    void discovery() {
        JsonObject document = json(body(get("/.well-known/openid-configuration")));

        assertThat(document.string("issuer")).contains(BASE.address());
        assertThat(document.string("jwks_uri")).contains(BASE.address() + "/.well-known/jwks.json");
        assertThat(document.get("id_token_signing_alg_values_supported")).hasToString("Optional[[\"RS256\"]]");
        PublishHandler named = handler(
                "PLUGIN_JWT_SECRET",
                TestKeys.SECRET,
                "PLUGIN_JWT_ISSUER",
                "https://issuer.example",
                "PLUGIN_JWT_STATUS_LIST_BASE",
                "https://cdn.example");
        JsonObject other = json(body(call(named, "GET", "/.well-known/openid-configuration")));
        assertThat(other.string("issuer")).contains("https://issuer.example");
        assertThat(other.string("status_list_aggregation_endpoint")).contains("https://cdn.example/statuslists");
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("is nothing else, by no other method")
    @CsvSource({
        "GET,/,404",
        "GET,/statuslists/0,404",
        "GET,/statuslists/01,404",
        "GET,/statuslists/-1,404",
        "GET,/statuslists/9999999999,404",
        "GET,/statuslists/1/,404",
        "GET,/keys,404",
        "POST,/statuslists/1,405",
        "DELETE,/.well-known/jwks.json,405",
        "OPTIONS,/statuslists/1,204"
    })
    void others(String method, String path, int status) {
        JsonObject answer = call(handler, method, path);

        assertThat(status(answer)).isEqualTo(status);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    @DisplayName("is nothing that is not known: without the table it says so, and the cause stands in the log alone")
    void tableDown() {
        table.isDown = true;

        JsonObject answer = get("/statuslists/1");

        assertThat(status(answer)).isEqualTo(503);
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(answer.toString()).doesNotContain("10.0.0.7");
        assertThat(log.last())
                .contains("\"level\":\"ERROR\"", "not published", "10.0.0.7")
                .contains("\"FunctionName\":\"prod-Publish\",\"PublishFailures\":1");
    }
}

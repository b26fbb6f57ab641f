package dev.latchkey.authorizer;

import static dev.latchkey.authorizer.TestAuthorizer.effect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.StatusBits;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import dev.latchkey.status.StatusUnavailableException;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The status of a key")
class KeyStatusTest {

    private static final SigningKey SIGNER = KeyRing.read(TestKeys.SECRET).signingKey(Algorithm.HS256, null);
    private static final int SIZE = 1 << 17;

    private HostileKeyServer server;
    private StatusListBase base;
    private TestAuthorizer authorizer;
    private final StatusBits.Builder statuses = new StatusBits.Builder(2, SIZE);
    private Cutoffs cutoffs = Cutoffs.none();

    @BeforeEach
    void start() throws IOException {
        server = new HostileKeyServer();
        base = new StatusListBase(server.uri("127.0.0.1", ""));
        authorizer = door();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private TestAuthorizer door(String... more) {
        String[] settings = new String[more.length + 2];
        settings[0] = "JWT_STATUS_LIST_BASE";
        settings[1] = base.address();
        System.arraycopy(more, 0, settings, 2, more.length);
        return TestAuthorizer.with(settings);
    }

    private void publish() {
        server.answers(HostileKeyServer.status(200, list(SIGNER, 1, authorizer.clock.instant())));
    }

    private String list(SigningKey key, int number, Instant at) {
        return StatusListToken.sign(key, base, number, statuses, cutoffs, at);
    }

    private String key(long index) {
        return key(base.uri(1), JsonNumber.of(index));
    }

    private static String key(String uri, JsonValue index) {
        JsonObject list =
                new JsonObjectBuilder().put("idx", index).put("uri", uri).build();
        return "Bearer "
                + TestTokens.good("HS256")
                        .claim(
                                "status",
                                new JsonObjectBuilder().put("status_list", list).build())
                        .claim("exp", TestTokens.NOW.getEpochSecond() + 86_400)
                        .hs256(TestKeys.SECRET);
    }

    private void assertRefused(String authorization, String reason) {
        assertThatExceptionOfType(Unauthorized.class).isThrownBy(() -> authorizer.token(authorization));
        assertThat(authorizer.reason()).isEqualTo(reason);
    }

    private void assertDenied(String authorization, String reason) {
        assertThat(effect(authorizer.token(authorization))).isEqualTo("Deny");
        assertThat(authorizer.reason()).isEqualTo(reason);
    }

    private void assertFails(String authorization) {
        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(() -> authorizer.token(authorization));
        assertThat(authorizer.logged().string("decision")).contains("error");
        assertThat(authorizer.reason()).isEqualTo("status_unavailable");
    }

    @Test
    @DisplayName("lets a valid one in, and denies a revoked and a suspended one, with one fetch for all")
    void statuses() {
        statuses.put(2, 1).put(3, 2).put(4, 3);
        publish();

        assertThat(effect(authorizer.token(key(1)))).isEqualTo("Allow");
        assertDenied(key(2), "revoked");
        assertDenied(key(3), "suspended");
        assertDenied(key(4), "revoked");
        assertThat(effect(authorizer.token(key(SIZE - 1)))).isEqualTo("Allow");
        assertThat(server.requests()).containsExactly("GET /statuslists/1 HTTP/1.1");
    }

    @Test
    @DisplayName("counts for a key that was let in before, from the next list on, in both directions")
    void seenBefore() {
        publish();
        String key = key(9);
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");

        statuses.put(9, 2);
        authorizer.clock.turn(Duration.ofSeconds(4));
        publish();
        assertDenied(key, "suspended");

        statuses.put(9, 0);
        authorizer.clock.turn(Duration.ofSeconds(4));
        publish();
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");
    }

    @Test
    @DisplayName("is asked for last: nothing is fetched for a key that is refused anyway")
    void last() {
        publish();
        String expired = key(1);
        authorizer.clock.turn(Duration.ofDays(1));

        assertRefused(expired, "expired");
        assertRefused("Bearer " + TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET), "bad_signature");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("N1: stands in what is signed: it cannot be taken out or moved")
    void signed() {
        publish();
        Parts parts = Parts.of(key(2).substring("Bearer ".length()));

        assertRefused(
                "Bearer " + parts.withPayload(parts.payloadText().replace("\"idx\":2", "\"idx\":1")), "bad_signature");
        assertRefused(
                "Bearer " + parts.withPayload(parts.payloadText().replace("status\":{", "x\":{")), "bad_signature");
    }

    @Test
    @DisplayName("N2: is asked for at its issuer's base alone")
    void elsewhere() throws IOException {
        try (HostileKeyServer other = new HostileKeyServer()) {
            for (String uri : new String[] {
                other.uri("127.0.0.1", "/statuslists/1"),
                base.address() + "/../statuslists/1",
                base.address() + "@127.0.0.1/statuslists/1",
                "file:///etc/passwd",
                ""
            }) {
                assertRefused(key(uri, JsonNumber.of(1)), "invalid_status");
            }
            assertThat(other.requests()).isEmpty();
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("N8: is refused out of the list's bounds, and where it is no index")
    void index() {
        publish();

        assertRefused(key(SIZE), "invalid_status");
        assertRefused(key(Long.MAX_VALUE / 100), "invalid_status");
        assertRefused(key(-1), "invalid_status");
        assertRefused(key(base.uri(1), new JsonString("1")), "invalid_status");
        assertRefused(key(base.uri(1), JsonValue.NULL), "invalid_status");
    }

    @Test
    @DisplayName("N4, N5, N10: is our failure, and no Allow, where the list is not the issuer's for that address")
    void otherLists() {
        SigningKey other = KeyRing.read(TestKeys.OTHER_SECRET).signingKey(Algorithm.HS256, null);
        String[] bad = {
            list(other, 1, TestTokens.NOW),
            list(SIGNER, 2, TestTokens.NOW),
            TestTokens.good("HS256").hs256(TestKeys.SECRET),
            "",
            "{}"
        };
        for (String text : bad) {
            authorizer = door();
            server.answers(HostileKeyServer.status(200, text));

            assertFails(key(1));
        }
    }

    @Test
    @DisplayName("N6: is our failure where the list is a bomb")
    void bomb() {
        String bomb = StatusListToken.sign(
                SIGNER, base, 1, new StatusBits.Builder(8, 32 * 1024 * 1024), Cutoffs.none(), TestTokens.NOW);
        server.answers(HostileKeyServer.status(200, bomb));

        assertFails(key(1));
    }

    @Test
    @DisplayName("N11: is our failure where the list comes byte by byte, within its time")
    void slow() {
        server.answers(server.dribbling("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", 'e'));
        long start = System.nanoTime();

        assertFails(key(1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 301, 204})
    @DisplayName("is our failure where there is no list")
    void noList(int status) {
        server.answers(HostileKeyServer.status(status, "no"));

        assertFails(key(1));
    }

    @Test
    @DisplayName("N20: is asked for without a condition, and a confirmation in the place of a list is our failure")
    void confirmedInsteadOfTold() {
        String tag = "ETag: W/\"kept\"\r\nCache-Control: public, max-age=31536000\r\n";
        server.answers(HostileKeyServer.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/statuslist+jwt\r\n" + tag,
                list(SIGNER, 1, authorizer.clock.instant()).getBytes(StandardCharsets.UTF_8)));
        String key = key(2);
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");

        server.answers(HostileKeyServer.answer("HTTP/1.1 304 Not Modified\r\n" + tag, new byte[0]));
        authorizer.clock.turn(Duration.ofSeconds(5));
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");
        assertThat(String.join("\n", authorizer.log.lines()))
                .contains("status list not refreshed", "\"StatusListAge\":5");
        authorizer.clock.turn(Duration.ofHours(1));
        assertFails(key);

        authorizer.clock.turn(Duration.ofSeconds(5));
        statuses.put(2, 1);
        publish();
        assertDenied(key, "revoked");
        assertThat(server.requests()).hasSizeGreaterThan(3);
        assertThat(server.headers())
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("if-"));
    }

    @Test
    @DisplayName("N12: of a good key holds through an outage of the bound that is set, and is our failure after it")
    void outage() {
        authorizer = door("JWT_STATUS_MAX_AGE", "10m");
        publish();
        String key = key(1);
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");
        server.answers(HostileKeyServer.status(503, ""));
        for (int minute = 0; minute < 9; minute++) {
            authorizer.clock.turn(Duration.ofMinutes(1));
            assertThat(effect(authorizer.token(key))).isEqualTo("Allow");
        }
        authorizer.clock.turn(Duration.ofMinutes(1));

        assertFails(key);

        authorizer.clock.turn(Duration.ofSeconds(30));
        publish();
        assertThat(effect(authorizer.token(key))).isEqualTo("Allow");
    }

    @Test
    @DisplayName("N17: of all a customer's keys up to a time is ended by a cut-off, with and without a claim")
    void cutOff() {
        cutoffs = Cutoffs.of(base, Map.of("cus_1", TestTokens.NOW.minusSeconds(60)));
        publish();
        String old = TestTokens.good("HS256")
                .claim("iat", TestTokens.NOW.getEpochSecond() - 60)
                .hs256(TestKeys.SECRET);
        String young = TestTokens.good("HS256")
                .claim("iat", TestTokens.NOW.getEpochSecond() - 59)
                .hs256(TestKeys.SECRET);
        String undated = TestTokens.good("HS256").withoutClaim("iat").hs256(TestKeys.SECRET);
        String others = TestTokens.good("HS256")
                .claim("org_id", "cus_2")
                .claim("iat", TestTokens.NOW.getEpochSecond() - 60)
                .hs256(TestKeys.SECRET);

        assertDenied("Bearer " + old, "revoked");
        assertThat(effect(authorizer.token("Bearer " + young))).isEqualTo("Allow");
        assertDenied("Bearer " + undated, "revoked");
        assertThat(effect(authorizer.token("Bearer " + others))).isEqualTo("Allow");
    }

    @Test
    @DisplayName("N16: is required where it is set so, and else asked for of keys without one by their time alone")
    void required() {
        publish();
        String without = "Bearer " + TestTokens.good("HS256").hs256(TestKeys.SECRET);
        String other =
                "Bearer " + TestTokens.good("HS256").claim("status", "active").hs256(TestKeys.SECRET);
        assertThat(effect(authorizer.token(without))).isEqualTo("Allow");
        assertThat(effect(authorizer.token(other))).isEqualTo("Allow");

        authorizer = door("JWT_STATUS_CLAIM", "required");

        assertRefused(without, "missing_status");
        assertRefused(other, "missing_status");
        assertThat(effect(authorizer.token(key(1)))).isEqualTo("Allow");
    }

    @Test
    @DisplayName(
            "of an issuer without an address is refused where no base is set, and nothing is fetched without a claim")
    void withoutBase() {
        authorizer = TestAuthorizer.with();

        assertRefused(key(1), "invalid_status");
        assertThat(effect(authorizer.token("Bearer " + TestTokens.good("HS256").hs256(TestKeys.SECRET))))
                .isEqualTo("Allow");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("of another issuer's key is told by that issuer's own list")
    void severalIssuers() {
        authorizer = TestAuthorizer.with(
                "JWT_STATUS_CLAIM",
                "required",
                "JWT_ISSUERS",
                "[{\"issuer\":\"https://a.example\",\"audience\":\"*\",\"verify_key\":\"" + TestKeys.SECRET
                        + "\",\"status_list_base\":\"" + base.address() + "\"},"
                        + "{\"issuer\":\"https://b.example\",\"audience\":\"*\",\"verify_key\":\"" + TestKeys.SECRET
                        + "\"}]");
        statuses.put(2, 1);
        publish();

        assertThat(effect(authorizer.token(of("https://a.example", key(1))))).isEqualTo("Allow");
        assertDenied(of("https://a.example", key(2)), "revoked");
        assertRefused(of("https://b.example", key(1)), "invalid_status");
        String without =
                TestTokens.good("HS256").claim("iss", "https://a.example").hs256(TestKeys.SECRET);
        assertThat(effect(authorizer.token("Bearer " + without))).isEqualTo("Allow");
    }

    @Test
    @DisplayName("S10: of a tenant's key is told by the list of the entry that took it, never by ours")
    void tenants() {
        authorizer = TestAuthorizer.with(
                "JWT_STATUS_CLAIM",
                "required",
                "JWT_STATUS_LIST_BASE",
                "https://ours.example",
                "JWT_ISSUERS",
                "[{\"issuer\":\"https://a.example/{tid}/\",\"audience\":\"*\",\"verify_key\":\"" + TestKeys.SECRET
                        + "\",\"status_list_base\":\"" + base.address() + "\"}]");
        statuses.put(2, 1);
        publish();

        assertThat(effect(authorizer.token(ofTenant(key(1))))).isEqualTo("Allow");
        assertDenied(ofTenant(key(2)), "revoked");
        assertRefused(ofTenant(key("https://ours.example/statuslists/1", JsonNumber.of(1))), "invalid_status");
        assertThat(effect(authorizer.token(
                        ofTenant("Bearer " + TestTokens.good("HS256").hs256(TestKeys.SECRET)))))
                .isEqualTo("Allow");
    }

    private static String ofTenant(String authorization) {
        return with("\"iss\":\"https://a.example/t1/\",\"tid\":\"t1\"", authorization);
    }

    /** The same key of that issuer. */
    private static String of(String issuer, String authorization) {
        return with("\"iss\":\"" + issuer + "\"", authorization);
    }

    private static String with(String members, String authorization) {
        String payload = Parts.of(authorization.substring("Bearer ".length())).payloadText();
        return "Bearer "
                + TestTokens.good("HS256")
                        .payloadText(payload.replaceFirst("\\{", "{" + members + ","))
                        .hs256(TestKeys.SECRET);
    }

    @Test
    @DisplayName("is counted by fetches, their failures and the age of the list")
    void metrics() {
        publish();
        authorizer.token(key(1));
        assertThat(String.join("\n", authorizer.log.lines())).contains("\"StatusListFetches\":1,\"StatusListAge\":0");
        server.answers(HostileKeyServer.status(503, ""));
        authorizer.clock.turn(Duration.ofSeconds(5));
        authorizer.token(key(1));

        assertThat(String.join("\n", authorizer.log.lines()))
                .contains("status list not refreshed")
                .contains("\"StatusListAge\":5,\"StatusListFailures\":1");
    }
}

package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.OneLineLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What refusals cost, in time of this thread's own and in memory. */
class RefusalCostTest {

    private static final OneLineLogger LOG = new OneLineLogger();
    private static final String KEY = "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"k1\"}";
    private static final byte[] GOOD = event(good().hs256(TestKeys.SECRET));
    private static final Map<String, byte[]> BAD = bad();

    private final AuthorizerHandler handler = new AuthorizerHandler(
            Map.of(
                    "JWT_SECRET_ID",
                    "key",
                    "JWT_TOKEN_SOURCE",
                    "header Authorization, query access_token, cookie key, websocket-protocol"),
            extension -> id -> KEY,
            List.of(),
            new TurnableClock(TestTokens.NOW),
            LOG);

    private static TestTokens good() {
        return TestTokens.good("HS256").header("kid", "k1");
    }

    private static Map<String, byte[]> bad() {
        String token = good().hs256(TestKeys.SECRET);
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("nothing", event(""));
        bad.put("dots", event(".".repeat(8192)));
        bad.put("letters", event("a".repeat(8192)));
        bad.put("many letters", event("a".repeat(100_000)));
        bad.put("a letter more", event(token + "A"));
        bad.put("another header", event(token.replace("eyJ", "eyK")));
        bad.put("another secret", event(good().hs256(TestKeys.OTHER_SECRET)));
        bad.put("alg none", event(TestTokens.good("none").header("kid", "k1").hs256(TestKeys.SECRET)));
        bad.put("a long kid", event(good().header("kid", "k".repeat(256)).hs256(TestKeys.SECRET)));
        bad.put("deep claims", event(good().payloadText("[".repeat(5000)).hs256(TestKeys.SECRET)));
        bad.put(
                "a tiny exp",
                event(good().payloadText("{\"exp\":1e-2147483647}").hs256(TestKeys.SECRET)));
        bad.put("a huge exp", event(good().payloadText("{\"exp\":1e2147483647}").hs256(TestKeys.SECRET)));
        bad.put("a deep header", event(good().headerText("[".repeat(4000)).hs256(TestKeys.SECRET)));
        bad.put("expired", event(good().claim("exp", 1).hs256(TestKeys.SECRET)));
        bad.put("many cookies", request("\"headers\":{\"Cookie\":\"" + "key=a; ".repeat(1400) + "\"}"));
        bad.put(
                "many protocols",
                request("\"headers\":{\"Sec-WebSocket-Protocol\":\"" + "a, ".repeat(3300) + token.substring(1)
                        + "\"}"));
        bad.put(
                "many values",
                request("\"multiValueQueryStringParameters\":{\"access_token\":[" + "\"a\",".repeat(2000) + "\"b\"]}"));
        bad.put("spaces", request("\"headers\":{\"Authorization\":\"Bearer" + " ".repeat(9000) + "a b\"}"));
        return bad;
    }

    @DisplayName("M6: no refusal costs more than five times a good key, or 20 ms")
    @Test
    void time() throws IOException {
        long good = nanoseconds(GOOD, false);
        for (Map.Entry<String, byte[]> refusal : BAD.entrySet()) {
            assertThat(nanoseconds(refusal.getValue(), true))
                    .as(refusal.getKey())
                    .isLessThan(Math.max(5 * good, 20_000_000));
        }
    }

    @DisplayName(
            "M6: the heap is as large after 100,000 refusals, half of them of unknown kids never seen before, as before")
    @Test
    void heap() throws IOException {
        List<byte[]> events = List.copyOf(BAD.values());
        refuse(events, 0, 2_000);
        long before = usedHeap();
        refuse(events, 2_000, 102_000);
        assertThat(usedHeap() - before).isLessThan(4 * 1024 * 1024);
    }

    private void refuse(List<byte[]> events, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(isRefused(i % 2 == 0 ? unknownKid(i) : events.get(i / 2 % events.size())))
                    .isTrue();
        }
    }

    private static byte[] unknownKid(int number) {
        return event(good().header("kid", "unknown-" + number).signingInput() + "." + "A".repeat(43));
    }

    /** The mean of the thread's own time, which a busy machine does not lengthen. */
    private long nanoseconds(byte[] event, boolean refused) throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(isRefused(event)).isEqualTo(refused);
        }
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < 50; i++) {
            isRefused(event);
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 50;
    }

    private boolean isRefused(byte[] event) throws IOException {
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event), OutputStream.nullOutputStream(), new TestContext(LOG));
            return false;
        } catch (Unauthorized e) {
            return true;
        }
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static byte[] event(String token) {
        return ("{\"type\":\"TOKEN\",\"authorizationToken\":\"Bearer " + token + "\",\"methodArn\":\""
                        + TestAuthorizer.ARN + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] request(String members) {
        return ("{\"type\":\"REQUEST\"," + members + ",\"methodArn\":\"" + TestAuthorizer.ARN + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

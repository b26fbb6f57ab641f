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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What refusals cost, in time of this thread's own and in memory. */
class RefusalCostTest {

    private static final OneLineLogger LOG = new OneLineLogger();
    private static final String GOOD = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private static final List<String> BAD = List.of(
            "",
            ".".repeat(8192),
            "a".repeat(8192),
            "a".repeat(100_000),
            GOOD + "A",
            GOOD.replace("eyJ", "eyK"),
            TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET),
            TestTokens.good("none").hs256(TestKeys.SECRET),
            TestTokens.good("HS256").header("kid", "k".repeat(256)).hs256(TestKeys.OTHER_SECRET),
            TestTokens.good("HS256").payloadText("[".repeat(5000)).hs256(TestKeys.SECRET),
            TestTokens.good("HS256").payloadText("{\"exp\":1e-2147483647}").hs256(TestKeys.SECRET),
            TestTokens.good("HS256").headerText("[".repeat(4000)).hs256(TestKeys.SECRET),
            TestTokens.good("HS256").claim("exp", 1).hs256(TestKeys.SECRET));

    private final AuthorizerHandler handler = new AuthorizerHandler(
            Map.of("JWT_VERIFY_KEY", TestKeys.SECRET),
            () -> {
                throw new IllegalStateException("no secret is named");
            },
            List.of(),
            new TurnableClock(TestTokens.NOW),
            LOG);

    @DisplayName("M6: no refusal costs more than five times a good key, or 20 ms")
    @Test
    void time() throws IOException {
        long good = nanoseconds(event(GOOD), false);
        for (String token : BAD) {
            assertThat(nanoseconds(event(token), true))
                    .as("the refusal of %.20s", token)
                    .isLessThan(Math.max(5 * good, 20_000_000));
        }
    }

    @DisplayName("M6: the heap is as large after 100,000 refusals as before")
    @Test
    void heap() throws IOException {
        List<byte[]> events = BAD.stream().map(RefusalCostTest::event).toList();
        refuse(events, 2_000);
        long before = usedHeap();
        refuse(events, 100_000);
        assertThat(usedHeap() - before).isLessThan(4 * 1024 * 1024);
    }

    private void refuse(List<byte[]> events, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(isRefused(events.get(i % events.size()))).isTrue();
        }
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
}

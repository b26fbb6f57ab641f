package dev.latchkey.local.build;

import static dev.latchkey.local.build.NativeProgram.ALLOW;
import static dev.latchkey.local.build.NativeProgram.answer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native program where memory is short, and where more keys come than it has memory for. */
@Tag("native")
@Timeout(300)
class NativeMemoryTest {
    /** Of which three quarters, the heap, are 20 MB. */
    private static final int SMALL_MB = 27;

    private static final String OUT_OF_MEMORY = "java.lang.OutOfMemoryError";

    /** Keys that all differ; {@code -Dlatchkey.distinct-keys=1000000} takes ten minutes. */
    private static final int KEYS = Integer.getInteger("latchkey.distinct-keys", 40_000);

    private static final int FIRST_KEYS = 10_000;

    private final String secret;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    NativeMemoryTest() throws IOException {
        secret = SampleCalls.secret();
    }

    @Test
    @DisplayName(
            "R4: the largest event in a heap of 20 MB ends in an error, never in an Allow, and the next key is answered")
    void takesTheLargestEvent() throws IOException {
        try (FunctionProcess process = process(SMALL_MB)) {
            assertThat(answer(process, SampleCalls.event("x".repeat(5_900_000))))
                    .doesNotContain(ALLOW)
                    .contains("UnknownEventException");
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
        }
    }

    @Test
    @DisplayName(
            "R4: where a heap of 20 MB is too small for an event, the caller gets an OutOfMemoryError, the program ends, and another one answers")
    void endsWithoutMemory() throws Exception {
        try (FunctionProcess process = process(SMALL_MB)) {
            for (String token : List.of(good("cus_1"), forged("cus_2"), good("cus_3"))) {
                assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
                long before = process.pid().orElseThrow();
                assertThat(answer(process, wide(token))).doesNotContain(ALLOW).contains(OUT_OF_MEMORY);
                awaitEnd(before);
                assertThat(answer(process, SampleCalls.event(forged("cus_4")))).contains("Unauthorized");
                assertThat(process.pid().orElseThrow()).isNotEqualTo(before);
            }
        }
        assertThat(lines).anyMatch(line -> line.contains("\"level\":\"ERROR\"") && line.contains(OUT_OF_MEMORY));
    }

    @ParameterizedTest
    @CsvSource({"1, 348000", "30, 7000"})
    void hasTheMemoryForItWithWhatTheTemplateGives(int depth, int objects) throws Exception {
        try (FunctionProcess process = process(NativeProgram.MEMORY_MB)) {
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
            long before = process.pid().orElseThrow();
            for (int i = 0; i < 5; i++) {
                assertThat(answer(process, wide(good("cus_" + i), depth, objects)))
                        .contains(ALLOW);
                assertThat(answer(process, wide(forged("cus_" + i), depth, objects)))
                        .contains("Unauthorized");
            }
            assertThat(process.pid()).hasValue(before);
            System.out.printf("resident kB at most, events of %d objects: %,d%n", objects, kilobytes(before, "VmHWM"));
            assertThat(kilobytes(before, "VmHWM")).isLessThan(NativeProgram.MEMORY_MB * 1024L);
        }
    }

    @Test
    @DisplayName(
            "R4: keys and events of any size in turn, in a heap of 20 MB: a forged key is never let in, and no call hangs")
    void isNeverOpenWithoutMemory() throws Exception {
        Random random = new Random(20);
        try (FunctionProcess process = process(SMALL_MB)) {
            int ends = 0;
            for (int i = 0; i < 100; i++) {
                boolean isGood = random.nextBoolean();
                String token = isGood ? good("cus_" + i) : forged("cus_" + i);
                byte[] event =
                        random.nextInt(4) == 0 ? wide(token, 1, 1 + random.nextInt(348_000)) : SampleCalls.event(token);
                long start = System.nanoTime();
                String answer = answer(process, event);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
                if (answer.contains(OUT_OF_MEMORY) || answer.contains("Runtime.ExitError")) {
                    ends++;
                } else {
                    assertThat(answer).contains(isGood ? ALLOW : "Unauthorized");
                }
            }
            assertThat(ends).isBetween(1, 40);
        }
    }

    @Test
    @Timeout(3600)
    void takesNoMoreMemoryHoweverManyKeysCome() throws Exception {
        try (FunctionProcess process = NativeProgram.process(
                NativeProgram.definition(Map.of("JWT_VERIFY_KEY", secret), List.of(), NativeProgram.MEMORY_MB),
                List.of(),
                (from, stream, line) -> {})) {
            callWithKeys(process, 0, FIRST_KEYS);
            long pid = process.pid().orElseThrow();
            long first = kilobytes(pid, "VmRSS");
            callWithKeys(process, FIRST_KEYS, KEYS);
            long last = kilobytes(pid, "VmRSS");
            System.out.printf(
                    "resident kB after %,d keys: %,d; after %,d: %,d, at most %,d%n",
                    FIRST_KEYS, first, KEYS, last, kilobytes(pid, "VmHWM"));
            assertThat((double) last / first).isLessThan(1.2);
            assertThat(kilobytes(pid, "VmHWM")).isLessThan(NativeProgram.MEMORY_MB * 1024L);
            assertThat(process.pid()).hasValue(pid);
        }
    }

    /** Every other key is forged. */
    private void callWithKeys(FunctionProcess process, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean isGood = i % 2 == 0;
            String token = isGood ? good("cus_" + i) : forged("cus_" + i);
            String answer = answer(process, SampleCalls.event(token));
            assertThat(answer.contains(ALLOW)).as(answer).isEqualTo(isGood);
        }
    }

    private static long kilobytes(long pid, String name) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/status"))
                .replaceFirst("(?s).*" + name + ":\\s+(\\d+) kB.*", "$1"));
    }

    private static void awaitEnd(long pid) {
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    private FunctionProcess process(int memoryMb) {
        return NativeProgram.process(
                NativeProgram.definition(Map.of("JWT_VERIFY_KEY", secret), List.of(), memoryMb),
                List.of(),
                (from, stream, line) -> lines.add(line));
    }

    /** An event of just less than the megabyte that the authorizer reads, which takes 30 times that in memory. */
    private static byte[] wide(String token) {
        return wide(token, 1, 348_000);
    }

    /** With an array of objects, each of which holds another one, and so on. */
    private static byte[] wide(String token, int depth, int objects) {
        String event = new String(SampleCalls.event(token), UTF_8);
        String one = "{\"\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
        String all = String.join(",", Collections.nCopies(objects, one));
        return (event.substring(0, event.length() - 1) + ",\"wide\":[" + all + "]}").getBytes(UTF_8);
    }

    private String good(String customer) {
        return signed(customer, secret);
    }

    private String forged(String customer) {
        return signed(customer, secret + "!");
    }

    private static String signed(String customer, String by) {
        String input = TestTokens.good("HS256")
                .claim("exp", Instant.now().getEpochSecond() + 3600)
                .claim("org_id", customer)
                .signingInput();
        return input + "." + TestKeys.base64url(Macs.hs256(by, input.getBytes(US_ASCII)));
    }
}

package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.gateway.Evidence;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.lambda.LogListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjdXNfMSJ9.c2lnbmF0dXJl";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aRequestIsOneLine() {
        console(false)
                .request(new RequestRecord(
                        "request-1",
                        Instant.EPOCH,
                        "GET",
                        "/orders",
                        200,
                        RequestRecord.Access.ALLOW,
                        true,
                        "cus_1",
                        Evidence.NONE,
                        Duration.ofMillis(12)));
        assertThat(printed())
                .endsWith("GET  /orders  200  allow (cached)  cus_1  12 ms\n")
                .hasLineCount(1);
    }

    @Test
    void warningsAndErrorsAlwaysShowAndTheRestWhenVerbose() {
        for (boolean verbose : new boolean[] {false, true}) {
            Console console = console(verbose);
            console.line("F", LogListener.Stream.STDOUT, "{\"level\":\"ERROR\",\"message\":\"bad\"}");
            console.line("F", LogListener.Stream.STDOUT, "[WARN] careful");
            console.line("F", LogListener.Stream.STDOUT, "{\"level\":\"INFO\",\"message\":\"fine\"}");
            console.line("F", LogListener.Stream.STDERR, "anything");
            assertThat(printed()).hasLineCount(verbose ? 4 : 2).startsWith("    F: {\"level\":\"ERROR\"");
            out.reset();
        }
    }

    @Test
    void aTokenIsNeverPrinted() {
        Console console = console(true);
        console.line("F", LogListener.Stream.STDOUT, "got Bearer " + TOKEN + "!");
        console.request(new RequestRecord(
                "request-1",
                Instant.EPOCH,
                "GET",
                "/" + TOKEN,
                403,
                RequestRecord.Access.OPEN,
                false,
                TOKEN,
                Evidence.NONE,
                Duration.ZERO));
        assertThat(printed()).doesNotContain("eyJ").contains("got Bearer [redacted]!");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        console(true).line("F", LogListener.Stream.STDOUT, "a\u001b[31mb");
        assertThat(printed()).isEqualTo("    F: a?[31mb\n");
    }

    private Console console(boolean verbose) {
        return new Console(new PrintStream(out, true, StandardCharsets.UTF_8)::println, verbose);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}

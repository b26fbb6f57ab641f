package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.http.RemoteUri;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.HostileKeyServer.Answer;
import dev.latchkey.testing.TestFetches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("J: A fetch of remote keys")
class RemoteKeyFaultsTest {

    private static final String GOOD = HostileKeyServer.rsa("key-1", Door.RSA);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final Duration IN_ALL = Duration.ofMillis(1500);
    private static final Duration LEEWAY = Duration.ofSeconds(1);

    private final HostileKeyServer server;

    RemoteKeyFaultsTest() throws IOException {
        server = new HostileKeyServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    @Test
    @DisplayName("J6: takes a good answer in one request, of a body with or without announced length")
    void good() throws InterruptedException {
        assertThat(fetched(HostileKeyServer.keys(GOOD)).keys()).hasSize(1);
        assertThat(server.requests()).containsExactly("GET /jwks HTTP/1.1");
        String set = "{\"keys\":[" + GOOD + "]}";
        assertThat(fetched(text(OK + "\r\n" + set)).keys()).hasSize(1);
        assertThat(fetched(text(OK + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(set.length()) + "\r\n"
                                + set + "\r\n0\r\n\r\n"))
                        .keys())
                .hasSize(1);
        assertThat(fetched(text(OK + "Content-Encoding: identity\r\n\r\n" + set))
                        .keys())
                .hasSize(1);
        assertNoThreadStays();
    }

    @Test
    @DisplayName(
            "M9: sends the query of its address and shows it in no failure, that of the answer or that of the connection")
    void query() throws IOException {
        RemoteUri address = RemoteUri.read(server.uri("127.0.0.1", "/jwks?code=Zk3Vn8qW1xYb"));
        server.answers(HostileKeyServer.status(500, ""));
        assertThatThrownBy(() -> RemoteKeys.fetch(address, List.of())).satisfies(RemoteKeyFaultsTest::showsNoQuery);
        server.answers(HostileKeyServer.status(200, "{}"));
        assertThatThrownBy(() -> RemoteKeys.fetch(address, List.of())).satisfies(RemoteKeyFaultsTest::showsNoQuery);
        assertThat(server.requests()).hasSize(2).containsOnly("GET /jwks?code=Zk3Vn8qW1xYb HTTP/1.1");
        server.close();
        assertThatThrownBy(() -> RemoteKeys.fetch(address, List.of())).satisfies(RemoteKeyFaultsTest::showsNoQuery);
    }

    private static void showsNoQuery(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains("/jwks?…").doesNotContain("Zk3Vn8qW1xYb");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J2: follows no redirect, neither to loopback nor to the metadata service nor to a file")
    @ValueSource(strings = {"self", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "//127.0.0.1/"})
    void redirect(String location) {
        String to = location.equals("self") ? server.uri("127.0.0.1", "/other") : location;
        for (int status : List.of(301, 302, 303, 307, 308)) {
            fails(
                    HostileKeyServer.answer(
                            "HTTP/1.1 " + status + " Moved\r\nLocation: " + to + "\r\n",
                            ("{\"keys\":[" + GOOD + "]}").getBytes(UTF_8)),
                    "got status " + status);
        }
        assertThat(server.requests()).hasSize(5).containsOnly("GET /jwks HTTP/1.1");
    }

    @Test
    @DisplayName("J3: cuts an endless body at 64 KiB, whether its length is announced or not")
    void endlessBody() throws InterruptedException {
        byte[] spaces = " ".repeat(8192).getBytes(UTF_8);
        Answer endless = out -> {
            out.write((OK + "\r\n").getBytes(UTF_8));
            while (true) {
                out.write(spaces);
            }
        };
        fails(endless, "more than 65536 bytes");
        fails(
                out -> {
                    out.write((OK + "Content-Length: 52428800\r\n\r\n").getBytes(UTF_8));
                    while (true) {
                        out.write(spaces);
                    }
                },
                "more than 65536 bytes");
        String set = "{\"keys\":[" + GOOD + "]}";
        assertThat(fetched(HostileKeyServer.status(200, set + " ".repeat(65536 - set.length())))
                        .keys())
                .hasSize(1);
        fails(HostileKeyServer.status(200, set + " ".repeat(65537 - set.length())), "more than 65536 bytes");
        assertNoThreadStays();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J4: gives up 1.5 seconds after its start, however bytes are spread, and leaves no thread behind")
    @CsvSource({"headers", "body", "chunks", "silence"})
    void slow(String what) throws InterruptedException {
        Answer slow = switch (what) {
            case "headers" -> server.dribbling(OK + "X-A: ", 'a');
            case "body" -> server.dribbling(OK + "\r\n", ' ');
            case "chunks" -> server.dribbling(OK + "Transfer-Encoding: chunked\r\n\r\nffff\r\n", ' ');
            default -> server.silence();
        };
        long start = System.nanoTime();
        fails(slow, "no whole answer within 1500 ms");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isBetween(IN_ALL, IN_ALL.plus(LEEWAY));
        assertNoThreadStays();
    }

    @Test
    @DisplayName("J5: takes no compressed body, asked for or not, and inflates no bomb")
    void gzipBomb() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }
        fails(
                HostileKeyServer.answer(OK + "Content-Encoding: gzip\r\n", bomb.toByteArray()),
                "got a compressed body, which was not asked for");
        fails(HostileKeyServer.answer(OK, bomb.toByteArray()), "is not a JWK Set");
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("J6: refuses what is not a key set of status 200")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            200 | <!doctype html><title>Sign in</title> | is not a JWK Set
            200 | {}                                    | it has no array keys
            200 | {'keys':{}}                           | it has no array keys
            200 | []                                    | is not a JWK Set
            200 | ''                                    | is not a JWK Set
            200 | {'keys':[                             | is not a JWK Set
            500 | {'keys':[GOOD]}                       | got status 500
            404 | {'keys':[GOOD]}                       | got status 404
            401 | {'keys':[GOOD]}                       | got status 401
            201 | {'keys':[GOOD]}                       | got status 201
            200 | {'keys':[GOOD],'keys':[]}             | is not a JWK Set: member name twice
            """)
    void notAKeySet(int status, String body, String problem) {
        String json = body.equals("''") ? "" : body.replace('\'', '"').replace("GOOD", GOOD);
        fails(HostileKeyServer.status(status, json), problem);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("J6: refuses a body that ends before its announced length, and an answer that is no HTTP")
    void truncated() throws InterruptedException {
        fails(text(OK + "Content-Length: 5000\r\n\r\n{\"keys\":[" + GOOD + "]}"), "of 5000 bytes");
        fails(text("SSH-2.0-OpenSSH_9.6\r\n"), "cannot be fetched");
        fails(text(""), "cannot be fetched");
        assertNoThreadStays();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J6: refuses an answer whose head leaves its body in doubt")
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nX: y\r\n\r\nzz",
                "Transfer-Encoding: chunked\r\n\r\n-1",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0",
                "Transfer-Encoding: chunked\r\n\r\n1\r\n{}}\r\n0",
                "Transfer-Encoding: chunked\r\n\r\nffffffff",
                "X-A: b\r\n folded: c",
                "no header"
            })
    void doubtful(String head) {
        fails(text(OK + head + "\r\n\r\n{}"), "cannot be fetched, got");
    }

    @Test
    @DisplayName("J3: cuts endless headers at 16 KiB")
    void endlessHeaders() {
        fails(text(OK + "X-A: b\r\n".repeat(3000)), "more than 16384 bytes of headers");
    }

    @Test
    @DisplayName("J10, J11: tells at once when nobody listens")
    void nobodyListens() throws IOException {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            long start = System.nanoTime();
            fails(
                    "http://127.0.0.1:" + taken.getLocalPort() + "/jwks",
                    "cannot be fetched, got java.net.ConnectException: Connection refused");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LEEWAY);
        }
    }

    @Test
    @DisplayName("J13: takes a set without a usable key for a fault")
    void emptySet() {
        fails(HostileKeyServer.keys(), "holds no usable key, of 0");
    }

    private static Answer text(String answer) {
        return out -> out.write(answer.getBytes(ISO_8859_1));
    }

    private KeySet fetched(Answer answer) {
        server.answers(answer);
        return RemoteKeySet.read(RemoteKeys.body(RemoteUri.read(server.uri())), List.of());
    }

    private void fails(Answer answer, String problem) {
        server.answers(answer);
        fails(server.uri(), problem);
    }

    private static void fails(String uri, String problem) {
        List<RuntimeException> failures = new ArrayList<>();
        KeySource<KeySet> keys = RemoteKeys.at(uri, List.of(), Clock.systemUTC(), TestFetches.failuresTo(failures));
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(keys::current);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(KeysUnavailableException.class)
                        .hasMessageContaining(problem)
                        .hasMessageContaining(uri));
    }

    /** Other tests of the same run may have left threads of their own before. */
    private void assertNoThreadStays() throws InterruptedException {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        for (Thread thread : threads) {
            if (thread.getName().equals("latchkey-fetch")) {
                thread.join(LEEWAY.toMillis());
                assertThat(thread.isAlive()).isFalse();
            }
            assertThat(thread.getName()).doesNotStartWith("Keep-Alive");
        }
    }
}

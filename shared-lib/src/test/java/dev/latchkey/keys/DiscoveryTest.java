package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.http.UnusableAddressException;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("J: Keys discovered from their issuer")
class DiscoveryTest {

    private static final String METADATA = "GET /tenant/.well-known/openid-configuration HTTP/1.1";
    private static final String JWKS = "GET /jwks HTTP/1.1";
    private static final Duration TTL = Duration.ofMinutes(10);

    private final HostileKeyServer server;
    private final String issuer;
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<RuntimeException> failures = new ArrayList<>();

    DiscoveryTest() throws IOException {
        server = new HostileKeyServer();
        issuer = server.uri("127.0.0.1", "/tenant");
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "issuer ending in \"{0}\"")
    @DisplayName("J6: are where its metadata says, which is fetched first, and again after an hour")
    @ValueSource(strings = {"", "/"})
    void found(String end) {
        server.answers(metadata(issuer + end, server.uri()));
        KeySource<KeySet> keys =
                RemoteKeys.discovered(issuer + end, List.of(), clock, TestFetches.failuresTo(failures));

        assertThat(keys.current().find("key-1")).isPresent();
        assertThat(server.requests()).containsExactly(METADATA, JWKS);
        for (int minutes = 10; minutes < 60; minutes += 10) {
            clock.turn(TTL);
            keys.current();
        }
        assertThat(server.requests()).hasSize(7).filteredOn(METADATA::equals).hasSize(1);
        clock.turn(TTL);
        keys.current();
        assertThat(server.requests()).filteredOn(METADATA::equals).hasSize(2);
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("J12: are sought anew when they could not be fetched where they were")
    void moved() {
        server.answers(metadata(issuer, server.uri()));
        KeySource<KeySet> keys = RemoteKeys.discovered(issuer, List.of(), clock, TestFetches.failuresTo(failures));
        keys.current();
        server.answers(out -> {
            boolean isMetadata =
                    server.requests().get(server.requests().size() - 1).equals(METADATA);
            (isMetadata
                            ? HostileKeyServer.status(200, document(issuer, server.uri()))
                            : HostileKeyServer.status(410, ""))
                    .give(out);
        });
        clock.turn(TTL);
        assertThat(keys.current().find("key-1")).isPresent();
        clock.turn(Duration.ofSeconds(1));
        assertThat(keys.current().find("key-1")).isPresent();

        assertThat(server.requests()).containsExactly(METADATA, JWKS, JWKS, METADATA, JWKS);
        assertThat(failures).hasSize(2);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @DisplayName("J2: are not sought where the metadata names another issuer or an address that may not be asked")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ISSUER/                | http://127.0.0.1:1/jwks          | which differs by the slash at its end. Set the issuer that tokens name
            https://evil.example   | http://127.0.0.1:1/jwks          | : https://evil.example. Set the issuer that tokens name
            -                      | http://127.0.0.1:1/jwks          | names no issuer
            ISSUER                 | -                                | names no jwks_uri
            ISSUER                 | http://169.254.169.254/latest    | has a jwks_uri that must be an https address
            ISSUER                 | file:///etc/passwd               | has a jwks_uri that is not the address of a host
            ISSUER                 | https://u:p@a.example/           | has a jwks_uri that holds user information
            ISSUER                 | a.example/jwks                   | has a jwks_uri that is not the address of a host
            """)
    void refused(String named, String uri, String problem) {
        server.answers(HostileKeyServer.status(200, document(named.replace("ISSUER", issuer), uri)));
        fails(problem);
        assertThat(server.requests()).containsExactly(METADATA);
    }

    @Test
    @DisplayName("J2: are not sought by plain http where the metadata came by https")
    void downgrade() {
        Discovery discovery = new Discovery("https://a.example", List.of(), clock);

        assertThat(discovery.keysUri(
                        document("https://a.example", "https://b.example/jwks").getBytes(StandardCharsets.UTF_8)))
                .hasToString("https://b.example/jwks");
        byte[] plain = document("https://a.example", server.uri()).getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> discovery.keysUri(plain))
                .withMessage("the metadata at https://a.example/.well-known/openid-configuration"
                        + " has a jwks_uri that is plain http, though it is https itself");
    }

    @Test
    @DisplayName("J6: are not there where the metadata is not JSON, missing or redirected")
    void noMetadata() {
        server.answers(HostileKeyServer.status(200, "<html>"));
        fails("is not metadata of an issuer");
        server.answers(HostileKeyServer.status(404, document(issuer, server.uri())));
        fails("got status 404");
        server.answers(
                HostileKeyServer.answer("HTTP/1.1 302 Found\r\nLocation: " + server.uri() + "\r\n", new byte[0]));
        fails("got status 302");
        assertThat(server.requests()).containsOnly(METADATA);
    }

    @Test
    @DisplayName("J4: are given up within 3 seconds, when the metadata comes late and the keys never")
    void slow() {
        server.answers(out -> {
            boolean isMetadata =
                    server.requests().get(server.requests().size() - 1).equals(METADATA);
            (isMetadata
                            ? server.after(
                                    Duration.ofMillis(800),
                                    HostileKeyServer.status(200, document(issuer, server.uri())))
                            : server.dribbling("HTTP/1.1 200 OK\r\n\r\n", ' '))
                    .give(out);
        });
        long start = System.nanoTime();
        fails("no whole answer within 1500 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(800 + 1500), Duration.ofSeconds(4));
        assertThat(server.requests()).containsExactly(METADATA, JWKS);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J1: are not sought where the issuer is not an https address without query and fragment")
    @ValueSource(
            strings = {"http://a.example", "a.example", "https://a.example?b=c", "https://a.example#b", "urn:a", "joe"})
    void unusableIssuer(String name) {
        assertThatExceptionOfType(UnusableAddressException.class)
                .isThrownBy(() -> RemoteKeys.discovered(name, List.of(), clock, TestFetches.failuresTo(failures)));
    }

    private void fails(String problem) {
        failures.clear();
        KeySource<KeySet> keys = RemoteKeys.discovered(issuer, List.of(), clock, TestFetches.failuresTo(failures));
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(keys::current);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining(problem));
    }

    /** Answers a request for metadata by it, and every other by a key set. */
    private HostileKeyServer.Answer metadata(String named, String keys) {
        return out -> {
            boolean isMetadata =
                    server.requests().get(server.requests().size() - 1).equals(METADATA);
            (isMetadata
                            ? HostileKeyServer.status(200, document(named, keys))
                            : HostileKeyServer.keys(HostileKeyServer.rsa("key-1", Door.RSA)))
                    .give(out);
        };
    }

    private static String document(String named, String keys) {
        String first = named.equals("-") ? "" : "\"issuer\":\"" + named + "\",";
        String second = keys.equals("-") ? "" : "\"jwks_uri\":\"" + keys + "\",";
        return "{" + first + second + "\"response_types_supported\":[\"code\"]}";
    }
}

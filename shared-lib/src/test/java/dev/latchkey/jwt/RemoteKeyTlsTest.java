package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("J14: Remote keys over https")
class RemoteKeyTlsTest {

    private static final String PASSWORD = "changeit";
    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    private final Path folder;

    RemoteKeyTlsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    @DisplayName("J14: are taken from a certificate that the runtime trusts, for its host only")
    void trusted() throws Exception {
        Path good = certificate("good");
        try (HostileKeyServer server = server(good)) {
            assertThat(fetchedByTrusting(good, server.uri())).contains("1 keys");
            assertThat(fetchedByTrusting(good, server.uri("localhost", "/jwks")))
                    .contains("No name matching localhost found");
        }
    }

    @Test
    @DisplayName("J14: are not taken from a self-signed certificate, and nothing is asked over it")
    void selfSigned() throws Exception {
        try (HostileKeyServer server = server(certificate("self"))) {
            assertThat(fetched(server.uri())).contains("SSLHandshakeException").contains("PKIX path building failed");
            assertThat(server.requests()).doesNotContain("GET /jwks HTTP/1.1");
        }
    }

    @Test
    @DisplayName("J4: are given up 1.5 seconds after the start when the handshake hangs, and no thread stays behind")
    void hangingHandshake() throws Exception {
        try (HostileKeyServer server = new HostileKeyServer()) {
            long start = System.nanoTime();
            assertThat(fetched(server.uri().replace("http:", "https:"))).contains("no whole answer within 1500 ms");
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(1500L, 2500L);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("latchkey-fetch")) {
                thread.join(1000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    /** Fetches keys in a Java runtime of its own: the address is its argument, the trusted certificate its property. */
    public static void main(String[] args) {
        System.out.println(fetched(args[0]));
    }

    private static String fetched(String uri) {
        List<RuntimeException> failures = new ArrayList<>();
        try {
            return RemoteKeys.at(uri, List.of(), Clock.systemUTC(), TestFetches.failuresTo(failures))
                            .current()
                            .keys()
                            .size()
                    + " keys";
        } catch (KeysUnavailableException e) {
            Throwable root = failures.get(0);
            StringBuilder causes = new StringBuilder();
            for (Throwable cause = root; cause != null; cause = cause.getCause()) {
                causes.append(cause).append('\n');
            }
            return causes.toString();
        }
    }

    private static String fetchedByTrusting(Path store, String uri) throws IOException, InterruptedException {
        return run(
                TOOLS.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                RemoteKeyTlsTest.class.getName(),
                uri);
    }

    /** A self-signed certificate for 127.0.0.1. */
    private Path certificate(String name) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        run(
                TOOLS.resolve("keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=latchkey",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        return store;
    }

    private static HostileKeyServer server(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new HostileKeyServer(context.getServerSocketFactory(), "https")
                .answers(HostileKeyServer.keys(HostileKeyServer.rsa(TestTokens.KEY_ID, Door.RSA)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}

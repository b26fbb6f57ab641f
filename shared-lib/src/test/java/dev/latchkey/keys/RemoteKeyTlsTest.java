package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestFetches;
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
    @DisplayName("J14: are taken from a certificate of a trusted authority, in its time and for its host only")
    void trusted() throws Exception {
        Path authority = selfSigned("authority", "bc:critical=ca:true");
        try (HostileKeyServer good = server(certificate("good", "-1d"));
                HostileKeyServer expired = server(certificate("expired", "-3d"));
                HostileKeyServer early = server(certificate("early", "+1d"))) {
            List<String> fetched = fetchedByTrusting(
                    authority, good.uri(), good.uri("localhost", "/jwks"), expired.uri(), early.uri());

            assertThat(fetched).hasSize(4);
            assertThat(fetched.get(0)).isEqualTo("1 keys");
            assertThat(fetched.get(1)).contains("No name matching localhost found");
            assertThat(fetched.get(2)).contains("CertificateExpiredException");
            assertThat(fetched.get(3)).contains("CertificateNotYetValidException");
            assertThat(good.requests()).contains("GET /jwks HTTP/1.1");
            for (HostileKeyServer refused : List.of(expired, early)) {
                assertThat(refused.requests()).doesNotContain("GET /jwks HTTP/1.1");
            }
        }
    }

    @Test
    @DisplayName("J14: are not taken from a self-signed certificate, and nothing is asked over it")
    void selfSigned() throws Exception {
        try (HostileKeyServer server = server(selfSigned("self", "san=ip:127.0.0.1"))) {
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

    /** Fetches keys in a Java runtime of its own: the addresses are its arguments, the trusted certificate its property. */
    public static void main(String[] args) {
        for (String uri : args) {
            String outcome = fetched(uri);
            // A busy machine may need more than the time of one fetch for its first handshake.
            for (int i = 0; i < 5 && outcome.contains("no whole answer"); i++) {
                outcome = fetched(uri);
            }
            System.out.println(outcome.strip().replace('\n', ' '));
        }
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

    /** What fetches of these addresses give, one line each. */
    private static List<String> fetchedByTrusting(Path store, String... uris) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                TOOLS.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                RemoteKeyTlsTest.class.getName()));
        command.addAll(List.of(uris));
        return run(command).lines().toList();
    }

    /** A certificate that signs itself, in a key store of its own. */
    private Path selfSigned(String name, String extension) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        keytool(store, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension);
        return store;
    }

    /** A certificate for 127.0.0.1 by the authority, good for two days from this time on. */
    private Path certificate(String name, String start) throws IOException, InterruptedException {
        Path store = Files.copy(folder.resolve("authority.p12"), folder.resolve(name + ".p12"));
        keytool(
                store,
                "-genkeypair",
                "-alias",
                name,
                "-signer",
                "authority",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                "2");
        keytool(store, "-delete", "-alias", "authority");
        return store;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(TOOLS.resolve("keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        run(command);
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

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }
}

package dev.latchkey.local.build;

import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for 127.0.0.1, made by this JDK's keytool.
 *
 * @param store the file with the certificate and its key (PKCS #12)
 */
record LoopbackCertificate(Path store) {
    private static final String PASSWORD = "changeit";

    /** A new one, kept in the folder. */
    static LoopbackCertificate in(Path folder) throws IOException {
        Path store = folder.resolve("certificate.p12");
        Path keytool = Path.of(System.getProperty("java.home", ""), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "loopback",
                "-keyalg",
                "EC",
                "-dname",
                "CN=loopback",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new SetupException(keytool + " made no certificate");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SetupException("The making of a certificate was interrupted", interrupted);
        }
        return new LoopbackCertificate(store);
    }

    /** What a server needs to show it. */
    SSLContext serverContext() throws IOException {
        try (InputStream file = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The flags with which a JVM trusts it, and no other. */
    List<String> clientFlags() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
}

package dev.latchkey.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test that prints a piece of a secret or signature: everything that is written to standard output and
 * error during a test is searched for any 12 characters in a row of any secret known so far. It is on for all tests.
 */
public final class LeakGuard implements BeforeEachCallback, AfterEachCallback {

    private static final int PIECE = 12;
    private static final List<String> SECRETS = new CopyOnWriteArrayList<>();
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

    /** Makes a text known as secret and returns it. */
    public static String secret(String text) {
        SECRETS.add(text);
        return text;
    }

    /** Tells whether a text holds a piece of any known secret. */
    public static boolean leaks(String text) {
        if (text.length() < PIECE) {
            return false;
        }
        Set<String> pieces = new HashSet<>();
        for (int i = 0; i + PIECE <= text.length(); i++) {
            pieces.add(text.substring(i, i + PIECE));
        }
        return SECRETS.stream().anyMatch(secret -> holdsPiece(pieces, secret));
    }

    private static boolean holdsPiece(Set<String> pieces, String secret) {
        for (int i = 0; i + PIECE <= secret.length(); i++) {
            if (pieces.contains(secret.substring(i, i + PIECE))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!(System.out instanceof Tee)) {
            System.setOut(new Tee(System.out));
            System.setErr(new Tee(System.err));
        }
        synchronized (PRINTED) {
            PRINTED.reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        String printed;
        synchronized (PRINTED) {
            printed = PRINTED.toString(StandardCharsets.UTF_8);
        }
        if (leaks(printed)) {
            throw new AssertionError("the test printed a piece of a secret or signature");
        }
    }

    /** Prints and remembers. */
    private static final class Tee extends PrintStream {
        Tee(PrintStream to) {
            super(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            write(new byte[] {(byte) b}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) {
                            synchronized (PRINTED) {
                                PRINTED.write(bytes, offset, length);
                            }
                            to.write(bytes, offset, length);
                        }

                        @Override
                        public void flush() {
                            to.flush();
                        }
                    },
                    true,
                    StandardCharsets.UTF_8);
        }
    }
}

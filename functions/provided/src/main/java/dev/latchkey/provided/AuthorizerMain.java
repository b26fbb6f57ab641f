package dev.latchkey.provided;

import dev.latchkey.authorizer.AuthorizerHandler;
import dev.latchkey.aws.SecretsManagerSources;
import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.runtime.RuntimeLoop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Starts the authorizer under the Lambda Runtime API in a Java runtime of its own. */
public final class AuthorizerMain {
    /** The argument with which further checks of good keys are looked for; that opens every jar. */
    private static final String CHECKS = "--token-checks";

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    /** Where Amazon Linux keeps the certificate authorities of Java programs. */
    private static final Path SYSTEM_AUTHORITIES = Path.of("/etc/pki/java/cacerts");

    private AuthorizerMain() {}

    /**
     * Answers events until nothing more can be done.
     *
     * @throws IOException if the Runtime API does not work
     */
    public static void main(String[] arguments) throws IOException {
        boolean hasChecks = List.of(arguments).contains(CHECKS);
        trustTheSystem();
        run(System.getenv(), () -> hasChecks ? checks() : List.of());
        System.exit(1);
    }

    /** Where the checks come from, whose failure is one of the start. */
    interface Checks {
        List<TokenCheck> found();
    }

    static void run(Map<String, String> environment, Checks checks) throws IOException {
        Clock clock = Clock.systemUTC();
        new RuntimeLoop(environment, new FileOutputStream(FileDescriptor.out), clock)
                .run(logger ->
                        new AuthorizerHandler(environment, new SecretsManagerSources(), checks.found(), clock, logger));
    }

    /** Every check that a jar declares. */
    static List<TokenCheck> checks() {
        List<TokenCheck> checks = new ArrayList<>();
        ServiceLoader.load(TokenCheck.class).forEach(checks::add);
        return checks;
    }

    /** Takes the certificate authorities of the system, which AWS patches, unless others are chosen. */
    static void trustTheSystem() {
        if (System.getProperty(TRUST_STORE) == null && Files.isRegularFile(SYSTEM_AUTHORITIES)) {
            System.setProperty(TRUST_STORE, SYSTEM_AUTHORITIES.toString());
        }
    }
}

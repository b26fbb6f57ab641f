package dev.latchkey.aws;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * AWS on this machine: a moto server, started as a child process when it is first needed and ended with the JVM.
 *
 * <p>The executable is {@code -Dlatchkey.moto}, else {@code .venv/bin/moto_server} of the checkout. Without it tests are
 * skipped, or fail where {@code -Dlatchkey.complete} or the variable {@code CI} is set.
 */
public final class Emulator {

    private static final Pattern PORT = Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");
    private static @Nullable String endpoint;

    private Emulator() {}

    /** The endpoint of the running emulator. */
    public static synchronized String endpoint() throws IOException {
        String running = endpoint;
        if (running == null) {
            running = start(executable());
            endpoint = running;
        }
        return running;
    }

    private static Path executable() {
        String chosen = System.getProperty("latchkey.moto");
        Path moto = chosen == null ? checkout().resolve(".venv/bin/moto_server") : Path.of(chosen);
        if (!Files.isExecutable(moto)) {
            String problem = "there is no emulator of AWS: " + moto + " is missing. Install scripts/requirements.txt";
            if (System.getenv("CI") != null || System.getProperty("latchkey.complete") != null) {
                fail(problem);
            }
            abort(problem);
        }
        return moto;
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Starts it on a free port of its own choice, which it prints. */
    private static String start(Path moto) throws IOException {
        Process process = new ProcessBuilder(moto.toString(), "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                drain(output);
                return "http://127.0.0.1:" + port.group(1);
            }
        }
        return fail("the emulator of AWS ended early");
    }

    private static void drain(BufferedReader output) {
        Thread drain = new Thread(() -> output.lines().forEach(line -> {}));
        drain.setDaemon(true);
        drain.start();
    }
}

package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Contestant.Attempt;
import dev.latchkey.benchmarks.Effort;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Measurements by programs other than a JVM. */
final class Commands {

    private static final double MICROSECONDS = 1e6;

    private final Workplace place;
    private final Effort effort;
    private final Fixtures fixtures;

    Commands(Run run) {
        this.place = run.place();
        this.effort = run.effort();
        this.fixtures = run.fixtures();
    }

    /**
     * Microseconds of one verification by a Node.js library.
     *
     * @param kind {@code seen} or {@code new}
     */
    Attempt node(String library, String algorithm, String kind) {
        String milliseconds = String.valueOf(effort.iterations() * effort.milliseconds());
        String folder = fixtures.folder().toString();
        return () ->
                Double.parseDouble(output(List.of("node", "warm.mjs", library, algorithm, kind, folder, milliseconds)));
    }

    /** Microseconds of one signature by OpenSSL, as {@code openssl speed} counts them. */
    Attempt opensslSign(String key) {
        return () -> MICROSECONDS / openssl(key, 3);
    }

    /** Microseconds of one verification by OpenSSL. */
    Attempt opensslVerify(String key) {
        return () -> MICROSECONDS / openssl(key, 4);
    }

    /** A figure per second: the line is {@code +F2:index:bits:signatures:verifications}. */
    private double openssl(String key, int field) throws IOException, InterruptedException {
        int seconds = Math.max(1, effort.iterations() * effort.milliseconds() / 2000);
        String lines = output(List.of("openssl", "speed", "-elapsed", "-mr", "-seconds", String.valueOf(seconds), key));
        String figures = lines.lines()
                .filter(line -> line.matches("\\+F[0-9]+:.*"))
                .findFirst()
                .orElseThrow(() -> new IOException("openssl speed " + key + " printed no figures: " + lines));
        String[] fields = figures.split(":", -1);
        // ECDSA's lines have the same order, with the curve's index and bits.
        return Double.parseDouble(fields[field]);
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(place.node().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed; in benchmarks/node it tells why");
        }
        return output.strip();
    }
}

package dev.latchkey.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the results were measured on.
 *
 * @param processors how many
 * @param processor their name
 * @param java the JVM of functions and benchmarks
 * @param node its version; empty where there is none
 * @param openssl its version; empty where there is none
 */
public record Machine(int processors, String processor, String java, String node, String openssl) {

    /** This one. */
    public static Machine here() throws IOException, InterruptedException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorName(),
                System.getProperty("java.vendor.version", "") + " (Java "
                        + Runtime.version().feature() + ")",
                version(List.of("node", "--version")),
                version(List.of("openssl", "version")).replaceAll(" \\d+ .*", ""));
    }

    private static String processorName() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch", ""));
    }

    private static String version(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? line : "";
        } catch (IOException notInstalled) {
            return "";
        }
    }

    /** In one line. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                List.of(
                        processors + " × " + processor,
                        java,
                        node.isEmpty() ? "no Node.js" : "Node.js " + node,
                        openssl));
    }
}

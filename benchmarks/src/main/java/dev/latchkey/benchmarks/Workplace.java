package dev.latchkey.benchmarks;

import dev.latchkey.local.lambda.JvmSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where things are in the checkout. */
public record Workplace(Path root) {

    /** Makes the path absolute, as processes have other working directories. */
    public Workplace {
        root = root.toAbsolutePath().normalize();
    }

    /** The JVM that runs this, which also runs the functions. */
    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Tells whether that JVM can keep classes in a cache from run to run (JEP 514). */
    public boolean hasAotCache() {
        return Runtime.version().feature() >= 25;
    }

    /** The JVM that runs this, with AWS's runtime interface client as {@code local} has it. */
    public JvmSettings jvm() {
        return new JvmSettings(
                Path.of(System.getProperty("java.home")), List.of(), root.resolve("local/target/runtime"));
    }

    /** The package for Lambda's managed runtimes. */
    public Path authorizer() {
        return root.resolve("functions/authorizer/target/authorizer.zip");
    }

    /** The package that brings its own runtime; made by {@code scripts/build --own-runtime}. */
    public Path authorizerWithRuntime() {
        return root.resolve("functions/authorizer/target/authorizer-provided.zip");
    }

    /** The package that is a native program; made by {@code scripts/build --native}. */
    public Path authorizerNative() {
        return root.resolve("functions/authorizer/target/authorizer-native.zip");
    }

    /** The package of the function that publishes. */
    public Path publish() {
        return root.resolve("functions/publish/target/publish.zip");
    }

    /** The Node.js authorizers. */
    public Path node() {
        return root.resolve("benchmarks/node");
    }

    /** Tells whether the Node.js authorizers' libraries are installed. */
    public boolean hasNode() {
        return Files.isDirectory(node().resolve("node_modules/aws-lambda-ric"));
    }

    /** The emulator of Secrets Manager. */
    public Path moto() {
        return root.resolve(".venv/bin/moto_server");
    }

    /** An empty folder of this name for what a run needs; what an earlier run left in it is deleted. */
    public Path work(String name) throws IOException {
        Path folder = root.resolve("benchmarks/target/work").resolve(name);
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}

package dev.latchkey.local.testing;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Function zips and definitions with valid defaults. */
public final class Fixtures {
    private Fixtures() {}

    /** A zip of the fixture handlers' classes, as a build makes it. */
    public static Path zip(Path folder) throws IOException {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        Path zip = folder.resolve("fixture.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes.resolve("dev/latchkey/local/fixture"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return zip;
    }

    /** A function in that zip, whose handler is the fixture of that name. */
    public static FunctionDefinition function(Path zip, String handler, Duration timeout) {
        return new FunctionDefinition(
                "Fixture",
                "java25",
                zip,
                "dev.latchkey.local.fixture." + handler,
                Map.of("FROM_TEMPLATE", "template", "OVERRIDDEN", "template"),
                timeout,
                256,
                "JSON",
                "DEBUG");
    }

    /** A text as UTF-8. */
    public static Payload payload(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A function that answered that text. */
    public static InvocationResult success(String text) {
        return new InvocationResult.Success(payload(text));
    }

    /** A function that threw an exception with that message. */
    public static InvocationResult thrown(String message) {
        return InvocationResult.functionError(JsonTree.bytes(
                JsonTree.object().put("errorType", "java.lang.RuntimeException").put("errorMessage", message)));
    }
}

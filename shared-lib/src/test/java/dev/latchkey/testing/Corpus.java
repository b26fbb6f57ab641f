package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The committed inputs of a fuzz target: fuzz/corpus/{target}. */
public final class Corpus {

    private Corpus() {}

    /** Runs a target on each of its inputs. */
    public static void replay(String target, ThrowingConsumer<byte[]> fuzzerTestOneInput) throws Throwable {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(root().resolve("fuzz/corpus").resolve(target))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            Executable run = () -> fuzzerTestOneInput.accept(bytes);
            org.junit.jupiter.api.Assertions.assertDoesNotThrow(run, String.valueOf(input));
        }
    }

    private static Path root() throws IOException {
        Path folder = Path.of("").toRealPath();
        while (!Files.isDirectory(folder.resolve("fuzz"))) {
            folder = folder.resolve("..").toRealPath();
        }
        return folder;
    }
}

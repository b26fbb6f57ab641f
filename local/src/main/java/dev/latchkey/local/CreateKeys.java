package dev.latchkey.local;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.stack.KeySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Makes key rings, and their public halves, on standard output: what {@code scripts/create-keys} runs. */
public final class CreateKeys {

    private CreateKeys() {}

    /** Runs with {@code --algorithm NAME} or {@code --public}; the exit code is 2 for a mistake in them. */
    public static void main(String[] arguments) throws IOException {
        int exit = run(List.of(arguments), System.in, System.out, System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) throws IOException {
        try {
            print(arguments, in, out);
            return 0;
        } catch (SetupException mistake) {
            err.println("create-keys: " + mistake.getMessage());
            return 2;
        } catch (InvalidKeyMaterialException unusable) {
            err.println("create-keys: standard input " + unusable.getMessage());
            return 2;
        }
    }

    private static void print(List<String> arguments, InputStream in, PrintStream out) throws IOException {
        int last = arguments.size() - 2;
        if (last < 0 || !arguments.get(last).equals("--output")) {
            out.println(text(arguments, in));
            return;
        }
        Path file = Path.of(arguments.get(last + 1));
        String text = text(arguments.subList(0, last), in);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new SetupException(file + " exists already and is not overwritten: it may hold the key in use", e);
        }
        Files.writeString(file, text + "\n");
    }

    private static String text(List<String> arguments, InputStream in) throws IOException {
        if (arguments.equals(List.of("--public"))) {
            return NewKeyRing.publicText(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        if (arguments.isEmpty()) {
            return NewKeyRing.of(Algorithm.RS256).secretText();
        }
        if (arguments.size() == 2 && arguments.get(0).equals("--algorithm")) {
            return NewKeyRing.of(KeySettings.algorithm(arguments.get(1))).secretText();
        }
        throw new SetupException("expected --algorithm NAME or --public, and --output FILE after it, got "
                + String.join(" ", arguments));
    }
}

package dev.latchkey.local.build;

import dev.latchkey.local.lambda.PackageZip;
import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the authorizer's package as a native program out of its folder: the last step of {@code scripts/build --native}. */
public final class NativePackage {
    private static final int EXIT_SETUP = 2;

    private NativePackage() {}

    /** Makes the package: the arguments are the folder and the zip to write. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: NativePackage FOLDER ZIP");
            System.exit(EXIT_SETUP);
        }
        try {
            Path zip = Path.of(arguments[1]);
            PackageZip.write(Path.of(arguments[0]), zip);
            System.out.println(OwnRuntime.checked(Files.size(zip), OwnRuntime.unpacked(Path.of(arguments[0]))));
        } catch (SetupException | IOException failed) {
            System.err.println("native: " + failed.getMessage());
            System.exit(EXIT_SETUP);
        }
    }
}

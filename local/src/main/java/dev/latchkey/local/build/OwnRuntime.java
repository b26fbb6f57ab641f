package dev.latchkey.local.build;

import dev.latchkey.local.lambda.PackageZip;
import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Makes the authorizer's package with a Java runtime of its own out of a folder that holds all but the AOT caches (JEP
 * 483, JEP 514): the last step of {@code scripts/build --own-runtime}.
 *
 * <p>A cache costs time for all that is in it, used or not. So there are two, of which the bootstrap takes one: for keys
 * in the settings or from the Secrets extension, and for keys from the network, which need the AWS SDK and TLS.
 */
public final class OwnRuntime {
    private static final String STATIC_KEYS = "static-keys.aot";
    private static final String NETWORK_KEYS = "network-keys.aot";

    private static final long MEGABYTE = 1024 * 1024;

    /** What Lambda takes in a direct upload, and of all that is unpacked (Lambda quotas). */
    private static final long MAX_ZIPPED = 50 * MEGABYTE;

    private static final long MAX_UNPACKED = 250 * MEGABYTE;

    private static final int EXIT_SETUP = 2;

    private OwnRuntime() {}

    /** Makes the package: the arguments are the folder, the zip to write, the folder of the events and the template. */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("Usage: OwnRuntime FOLDER ZIP EVENTS TEMPLATE");
            System.exit(EXIT_SETUP);
        }
        try {
            Path zip = Path.of(arguments[1]);
            Training training = new Training(zip, Path.of(arguments[2]), Path.of(arguments[3]));
            make(Path.of(arguments[0]), zip, training, System.out);
        } catch (SetupException | IOException failed) {
            System.err.println("own runtime: " + failed.getMessage());
            System.exit(EXIT_SETUP);
        }
    }

    private static void make(Path folder, Path zip, Training training, PrintStream out) throws IOException {
        Files.deleteIfExists(folder.resolve(STATIC_KEYS));
        Files.deleteIfExists(folder.resolve(NETWORK_KEYS));
        PackageZip.write(folder, zip);
        training.withKeysAtHand(folder.resolve(STATIC_KEYS));
        training.withKeysFromTheNetwork(folder.resolve(NETWORK_KEYS));
        PackageZip.write(folder, zip);
        out.println(checked(Files.size(zip), unpacked(folder)));
    }

    static long unpacked(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    /**
     * The sizes in words.
     *
     * @throws SetupException if Lambda does not take as much
     */
    static String checked(long zipped, long unpacked) {
        String sizes = megabytes(zipped) + " MB zipped, " + megabytes(unpacked) + " MB unpacked";
        if (zipped > MAX_ZIPPED || unpacked > MAX_UNPACKED) {
            throw new SetupException("the package has " + sizes + "; Lambda takes " + megabytes(MAX_ZIPPED)
                    + " MB zipped and " + megabytes(MAX_UNPACKED) + " MB unpacked. Take something out");
        }
        return sizes;
    }

    /** Rounded up, so that what is too much never looks like what is allowed. */
    private static long megabytes(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE;
    }
}

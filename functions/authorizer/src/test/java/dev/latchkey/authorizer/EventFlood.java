package dev.latchkey.authorizer;

import dev.latchkey.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * As many changed events as wanted, without a look at coverage and so many times faster than with it: {@code
 * EventFlood COUNT SEED PATH...}, where the paths are events to change, or folders of them. The same seed makes the same events.
 */
public final class EventFlood {

    private EventFlood() {}

    /** Ends with 1 at the first event that {@link AuthorizerFuzzTarget} does not pass, and prints it. */
    public static void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<byte[]> events = read(Arrays.asList(arguments).subList(2, arguments.length));
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            Mutations mutations = Mutations.of(seed + i);
            byte[] event = mutations.change(mutations.pick(events));
            try {
                AuthorizerFuzzTarget.fuzzerTestOneInput(event);
            } catch (Exception | AssertionError | StackOverflowError e) {
                e.printStackTrace();
                System.out.println("finding at seed " + (seed + i) + ", the input in base64: "
                        + Base64.getEncoder().encodeToString(event));
                System.exit(1);
            }
        }
        System.out.printf(
                "%,d events in %,d s, no finding; of them %,d were answered, %,d Unauthorized and %,d unknown events%n",
                count,
                (System.nanoTime() - start) / 1_000_000_000,
                AuthorizerFuzzTarget.ANSWERED.get(),
                AuthorizerFuzzTarget.UNAUTHORIZED.get(),
                count - AuthorizerFuzzTarget.ANSWERED.get() - AuthorizerFuzzTarget.UNAUTHORIZED.get());
    }

    private static List<byte[]> read(List<String> paths) throws IOException {
        List<byte[]> events = new ArrayList<>();
        for (String path : paths) {
            try (Stream<Path> files = Files.walk(Path.of(path))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    events.add(Files.readAllBytes(file));
                }
            }
        }
        return events;
    }
}

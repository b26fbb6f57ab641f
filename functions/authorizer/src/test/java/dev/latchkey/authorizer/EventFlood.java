package dev.latchkey.authorizer;

import dev.latchkey.authorizer.AuthorizerFuzzTarget.Outcome;
import dev.latchkey.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * As many changed events as wanted, without a look at coverage and so many times faster than with it: {@code
 * EventFlood COUNT SEED PATH...}, where the paths are events to change, or folders of them. The same seed makes the same events.
 */
public final class EventFlood {

    /** Tells what an event leads to, or throws. */
    interface Target {
        Outcome outcome(byte[] event) throws Exception;
    }

    private EventFlood() {}

    /** Fails at the first event that {@link AuthorizerFuzzTarget} does not pass, and prints it. */
    public static void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<byte[]> events = read(Arrays.asList(arguments).subList(2, arguments.length));
        long start = System.nanoTime();
        Map<Outcome, Long> outcomes = pour(count, seed, events, AuthorizerFuzzTarget::outcome);
        System.out.printf(
                "%,d events in %,d s, no finding; of them %,d were answered, %,d Unauthorized and %,d unknown events%n",
                outcomes.values().stream().mapToLong(Long::longValue).sum(),
                (System.nanoTime() - start) / 1_000_000_000,
                outcomes.getOrDefault(Outcome.ANSWERED, 0L),
                outcomes.getOrDefault(Outcome.UNAUTHORIZED, 0L),
                outcomes.getOrDefault(Outcome.UNKNOWN_EVENT, 0L));
    }

    /**
     * How many changed events lead to what.
     *
     * @throws AssertionError at the first event for which the target throws; the message holds its seed and bytes
     */
    static Map<Outcome, Long> pour(long count, long seed, List<byte[]> events, Target target) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (long i = 0; i < count; i++) {
            Mutations mutations = Mutations.of(seed + i);
            byte[] event = mutations.change(mutations.pick(events));
            try {
                outcomes.merge(target.outcome(event), 1L, Long::sum);
            } catch (Throwable e) {
                throw new AssertionError(
                        "finding at seed " + (seed + i) + ", the input in base64: "
                                + Base64.getEncoder().encodeToString(event),
                        e);
            }
        }
        return outcomes;
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

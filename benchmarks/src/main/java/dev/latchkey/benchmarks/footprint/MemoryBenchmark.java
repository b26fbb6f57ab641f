package dev.latchkey.benchmarks.footprint;

import dev.latchkey.benchmarks.Contestant;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.Emulator;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.TimedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The most memory that a process had at once (Linux, proc(5), {@code VmHWM}) by the end of many calls. */
public final class MemoryBenchmark {

    private static final int ROUNDS = 3;
    private static final double KIB_PER_MB = 1024;

    private final Run run;

    /** A part of a run. */
    public MemoryBenchmark(Run run) {
        this.run = run;
    }

    /** Calls with RS256 keys, all different, in functions with 512 MB. */
    public void run() throws Exception {
        Fixtures fixtures = run.fixtures();
        Workplace place = run.place();
        List<byte[]> events =
                fixtures.tokens("RS256").stream().map(Fixtures::event).toList();
        Functions functions = new Functions(place, place.work("memory"), events.get(0));
        if (place.hasAotCache()) {
            functions.cacheRuntime();
        }
        String key = fixtures.verifyKey("RS256");
        Map<String, String> ours = Map.of("JWT_VERIFY_KEY", key);
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(
                contestant("latchkey-managed", "Latchkey, managed", functions.authorizer("latchkey", ours), events));
        if (Files.exists(place.authorizerWithRuntime())) {
            contestants.add(contestant(
                    "latchkey-own",
                    "Latchkey, own runtime",
                    functions.authorizerWithRuntime("latchkey-own", ours),
                    events));
        }
        if (Files.exists(place.authorizerNative())) {
            contestants.add(contestant(
                    "latchkey-native",
                    "Latchkey, native",
                    functions.authorizerNative("latchkey-native", ours),
                    events));
        }
        contestants.add(contestant(
                "empty-managed",
                "empty handler, managed",
                functions.managed("empty", Functions.EMPTY, Map.of()),
                events));
        if (place.hasNode()) {
            contestants.add(contestant(
                    "node-portal",
                    "jsonwebtoken 8.5.1, jwks-rsa, dotenv (the portal's), Node.js",
                    functions.node("portal", RunnableFunction.ALLOW, Map.of("PUBLIC_KEY", key)),
                    events));
        }
        try (Emulator aws = Emulator.with(fixtures.privateKey("RS256"), place)) {
            contestants.add(contestant(
                    "publish-managed",
                    "Latchkey, publish, managed",
                    functions.publish("publish", aws.settingsWithTable()),
                    List.of(Fixtures.jwkSetEvent())));
            run.contest(contestants, 0, Math.min(ROUNDS, run.effort().warmRounds()));
        }
    }

    private Contestant contestant(String id, String label, RunnableFunction function, List<byte[]> events) {
        int calls = run.effort().calls();
        return new Contestant("peak memory after " + calls + " calls", "memory." + id, label, "MB", () -> {
            try (TimedProcess process = function.start()) {
                for (int i = 0; i < calls; i++) {
                    function.call(process, events.get(i % events.size()));
                }
                return peak(process.pid());
            }
        });
    }

    private static double peak(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MB)
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel tells no VmHWM of process " + pid));
    }
}

package dev.latchkey.benchmarks.cold;

import dev.latchkey.benchmarks.Effort;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Progress;
import dev.latchkey.benchmarks.Results;
import dev.latchkey.benchmarks.Samples;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.SecretsManager;
import dev.latchkey.local.KeyServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cold starts: milliseconds from the start of a process until it has answered the first event. Contestants take turns,
 * so that a slow minute of the machine is everybody's.
 */
public final class ColdBenchmark {

    private final Workplace place;
    private final Effort effort;
    private final Progress progress;
    private final Results results;

    /** Adds to results. */
    public ColdBenchmark(Workplace place, Effort effort, Progress progress, Results results) {
        this.place = place;
        this.effort = effort;
        this.progress = progress;
        this.results = results;
    }

    /** Measures with a key in a variable, a key in Secrets Manager, and keys at an address. */
    public void run(Fixtures fixtures) throws IOException, InterruptedException {
        byte[] event = Fixtures.event(fixtures.tokens("RS256").get(0));
        Functions functions = new Functions(place, place.work("cold"), event);
        progress.next("cold: getting ready");
        if (place.hasAotCache()) {
            functions.cacheRuntime();
        } else {
            results.note("Java " + Runtime.version().feature()
                    + " has no AOT cache; run with JDK 25 for cold starts as on Lambda's java25");
        }
        ColdContestants contestants = new ColdContestants(place, functions, event, results);
        measure("cold, static RS256 key", "cold.static.", contestants.staticKey(fixtures));
        try (SecretsManager secrets = SecretsManager.with(fixtures.privateKey("RS256"), place)) {
            measure("cold, Secrets Manager", "cold.secret.", contestants.secret(secrets));
        }
        try (KeyServer keys = KeyServer.of(fixtures.jwkSet())) {
            measure("cold, remote JWK Set", "cold.remote.", contestants.remote(keys.uri()));
        }
    }

    private void measure(String group, String prefix, List<Contestant> contestants)
            throws IOException, InterruptedException {
        Map<Contestant, List<Double>> times = new LinkedHashMap<>();
        contestants.forEach(contestant -> times.put(contestant, new ArrayList<>()));
        for (int round = 0; round <= effort.coldRuns(); round++) {
            progress.next(group + ": "
                    + (round == 0 ? "a start that does not count" : "start " + round + " of " + effort.coldRuns()));
            for (Contestant contestant : contestants) {
                double time = contestant.start().milliseconds();
                if (round > 0) {
                    times.getOrDefault(contestant, List.of()).add(time);
                }
            }
        }
        times.forEach((contestant, values) -> results.add(
                new Measurement(group, prefix + contestant.id(), contestant.label(), "ms", new Samples(values))));
    }
}

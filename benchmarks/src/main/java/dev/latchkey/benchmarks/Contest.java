package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets contestants take turns, so that a slow minute of the machine is everybody's. */
public final class Contest {

    private final Progress progress;
    private final Results results;

    /** Adds to results. */
    public Contest(Progress progress, Results results) {
        this.progress = progress;
        this.results = results;
    }

    /**
     * Measures every contestant once a round.
     *
     * @param warmUps rounds before, which do not count
     */
    public void run(List<Contestant> contestants, int warmUps, int rounds) throws Exception {
        Map<Contestant, List<Double>> values = new LinkedHashMap<>();
        contestants.forEach(contestant -> values.put(contestant, new ArrayList<>()));
        for (int round = 1 - warmUps; round <= rounds; round++) {
            String turn = round < 1 ? "warming up" : round + " of " + rounds;
            for (Map.Entry<Contestant, List<Double>> entry : values.entrySet()) {
                Contestant contestant = entry.getKey();
                progress.next(contestant.group() + ", " + turn + ": " + contestant.label());
                double value = contestant.attempt().measure();
                if (round >= 1) {
                    entry.getValue().add(value);
                }
            }
        }
        values.forEach((contestant, measured) -> results.add(new Measurement(
                contestant.group(), contestant.id(), contestant.label(), contestant.unit(), new Samples(measured))));
    }
}

package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was measured in a run, and what could not be. */
public final class Results {

    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a measurement. */
    public void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** These in the place of earlier ones with the same ids; earlier ones that were not made again stay. */
    public Results over(List<Measurement> earlier) {
        Results all = new Results();
        for (Measurement before : earlier) {
            all.add(find(before.id()).orElse(before));
        }
        for (Measurement now : measurements) {
            if (all.find(now.id()).isEmpty()) {
                all.add(now);
            }
        }
        notes.forEach(all::note);
        return all;
    }

    /** Adds a remark for the reader, such as what was left out. */
    public void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** All measurements, in the order they were added. */
    public List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /** All remarks. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The measurement of this id; empty when it was not made. */
    public Optional<Measurement> find(String id) {
        return measurements.stream().filter(one -> one.id().equals(id)).findFirst();
    }
}

package dev.latchkey.benchmarks;

import java.util.List;

/** Repeated measurements of one thing, in the order they were made. */
public record Samples(List<Double> values) {

    /**
     * Copies the values.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** A single measurement, such as a size. */
    public static Samples of(double value) {
        return new Samples(List.of(value));
    }

    /** The value in the middle. */
    public double median() {
        return quantile(0.5);
    }

    /** The value that a tenth of the measurements stay below. */
    public double low() {
        return quantile(0.1);
    }

    /** The value that a tenth of the measurements are above. */
    public double high() {
        return quantile(0.9);
    }

    /** By linear interpolation between the two values nearest to the place. */
    private double quantile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}

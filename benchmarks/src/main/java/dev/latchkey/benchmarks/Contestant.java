package dev.latchkey.benchmarks;

/**
 * One that is measured.
 *
 * @param group who it is compared with, such as {@code cold, static RS256 key}
 * @param id its name in the targets and in the JSON
 * @param label its name in tables and charts
 * @param unit what an attempt gives
 */
public record Contestant(String group, String id, String label, String unit, Attempt attempt) {

    /** Measures once. */
    @FunctionalInterface
    public interface Attempt {
        /** The time or size that was measured. */
        double measure() throws Exception;
    }
}

package dev.latchkey.benchmarks.report;

import java.util.Locale;

/** Writes numbers so that they can be compared at a glance. */
final class Figure {

    private Figure() {}

    /** A number with three significant digits, and all of those before the point. */
    static String of(double value) {
        if (value != 0 && Math.abs(value) < 10) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
    }

    /** A number with its unit. */
    static String of(double value, String unit) {
        return (of(value) + " " + unit).strip();
    }
}

package dev.latchkey.benchmarks.report;

import java.util.Locale;

/** Writes numbers so that they can be compared at a glance. */
final class Figure {

    private Figure() {}

    /** A whole number, or three significant digits with all of those before the point. */
    static String of(double value) {
        double size = Math.abs(value);
        String format = value == Math.rint(value) || size >= 100 ? "%,.0f" : size < 10 ? "%.2f" : "%.1f";
        return String.format(Locale.ROOT, format, value);
    }

    /** A number with its unit. */
    static String of(double value, String unit) {
        return (of(value) + " " + unit).strip();
    }
}

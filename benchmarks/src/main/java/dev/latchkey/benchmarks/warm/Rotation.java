package dev.latchkey.benchmarks.warm;

import java.util.List;

/** Hands out values one after the other, over and over. */
public final class Rotation<T> {

    private final List<T> values;
    private int next;

    /** Starts with the first. */
    public Rotation(List<T> values) {
        this.values = List.copyOf(values);
    }

    /** The next value. */
    public T next() {
        T value = values.get(next);
        next = next + 1 == values.size() ? 0 : next + 1;
        return value;
    }

    /** Tells whether the next value is the first one. */
    public boolean isAtStart() {
        return next == 0;
    }
}

package dev.latchkey.benchmarks.peer;

/** A program that does nothing: what a JVM costs by itself. */
public final class EmptyMain {

    private EmptyMain() {}

    /** Ends at once. */
    public static void main(String[] arguments) {}
}

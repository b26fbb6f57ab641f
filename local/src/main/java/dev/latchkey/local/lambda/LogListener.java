package dev.latchkey.local.lambda;

/** Gets the log lines of functions, from several threads and soon after they are written. */
@FunctionalInterface
public interface LogListener {

    /**
     * One line without its line end.
     *
     * @param function logical id of the function
     * @param stream where the function wrote it
     */
    void line(String function, Stream stream, String line);

    /** A process's output streams. */
    enum Stream {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR
    }
}

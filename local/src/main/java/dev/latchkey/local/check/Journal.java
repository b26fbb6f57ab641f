package dev.latchkey.local.check;

import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What is asked and logged while checks run: all of it in a file, and the last of it at hand for a check that fails. */
public final class Journal implements Consumer<String>, AutoCloseable {
    private static final int MOST_LINES = 40;

    /** The reason of a refusal may come a moment after it. */
    private static final long PATIENCE_MS = 400;

    private final Path file;
    private final PrintWriter writer;
    private final Deque<String> recent = new ArrayDeque<>();

    private Journal(Path file, PrintWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * One in that file, whose earlier content goes.
     *
     * @throws SetupException when the file cannot be written
     */
    public static Journal in(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new Journal(file, new PrintWriter(Files.newBufferedWriter(file), true));
        } catch (IOException unwritable) {
            throw new SetupException("Cannot write " + file + ": " + unwritable, unwritable);
        }
    }

    @Override
    public synchronized void accept(String line) {
        writer.println(line);
        recent.addLast(line);
        if (recent.size() > MOST_LINES) {
            recent.removeFirst();
        }
    }

    /** A check holds: what was said for it is not needed. */
    synchronized void forget() {
        recent.clear();
    }

    /** What was said since the check before, at most the last 40 lines. */
    List<String> said() {
        try {
            Thread.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            List<String> said = List.copyOf(recent);
            recent.clear();
            return said;
        }
    }

    @Override
    public synchronized void close() {
        writer.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

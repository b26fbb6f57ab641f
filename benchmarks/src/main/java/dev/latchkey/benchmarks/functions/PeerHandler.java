package dev.latchkey.benchmarks.functions;

import java.nio.file.Path;
import java.util.List;

/**
 * A handler class to compare with.
 *
 * @param type the class, which needs no other of our classes
 * @param answer what its answer to a good key contains
 * @param jars the libraries that it needs
 */
public record PeerHandler(Class<?> type, String answer, List<Path> jars) {

    /** Copies the list. */
    public PeerHandler {
        jars = List.copyOf(jars);
    }
}

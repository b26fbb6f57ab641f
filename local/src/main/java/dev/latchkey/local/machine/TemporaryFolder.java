package dev.latchkey.local.machine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A fresh temporary folder that its owner deletes. */
public record TemporaryFolder(Path path) {

    /**
     * One with nothing in it.
     *
     * @param prefix what its name starts with
     * @throws SetupException when it cannot be made
     */
    public static TemporaryFolder empty(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException failed) {
            throw new SetupException("Cannot make a temporary folder: " + failed, failed);
        }
    }

    /** Deletes the folder with all in it; what cannot be deleted is left. */
    public void delete() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            path.toFile().deleteOnExit();
        }
    }
}

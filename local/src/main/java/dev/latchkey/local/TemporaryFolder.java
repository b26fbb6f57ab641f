package dev.latchkey.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A fresh temporary folder that its owner deletes. */
record TemporaryFolder(Path path) {

    /**
     * One with a zip's files, their times and permissions; a {@link SetupException} when there is none or it reaches out
     * of its folder.
     */
    static TemporaryFolder unpack(Path zip) {
        TemporaryFolder unpacked = create("latchkey-task-");
        try {
            PackageZip.unpack(zip, unpacked.path());
            return unpacked;
        } catch (IOException | ProviderNotFoundException unreadable) {
            unpacked.delete();
            throw new SetupException("Cannot unpack the function " + zip + ": " + unreadable, unreadable);
        }
    }

    /** One with nothing in it. */
    static TemporaryFolder empty() {
        return create("latchkey-runtime-");
    }

    private static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException failed) {
            throw new SetupException("Cannot make a temporary folder: " + failed, failed);
        }
    }

    /** Deletes the folder with all in it; what cannot be deleted is left. */
    void delete() {
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

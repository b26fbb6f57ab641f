package dev.latchkey.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** A fresh temporary folder that its owner deletes. */
record TemporaryFolder(Path path) {

    /** One with a zip's files; a {@link SetupException} when there is none or it reaches out of its folder. */
    static TemporaryFolder unpack(Path zip) {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            TemporaryFolder unpacked = new TemporaryFolder(Files.createTempDirectory("latchkey-task-"));
            try {
                unpacked.write(entries, zip);
                return unpacked;
            } catch (IOException | RuntimeException failed) {
                unpacked.delete();
                throw failed;
            }
        } catch (IOException unreadable) {
            throw new SetupException("Cannot unpack the function " + zip + ": " + unreadable, unreadable);
        }
    }

    /** One with nothing in it. */
    static TemporaryFolder empty() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("latchkey-runtime-"));
        } catch (IOException failed) {
            throw new SetupException("Cannot make a temporary folder: " + failed, failed);
        }
    }

    private void write(ZipInputStream entries, Path zip) throws IOException {
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path target = path.resolve(entry.getName()).normalize();
            if (!target.startsWith(path)) {
                throw new SetupException(zip + ": the entry " + entry.getName() + " reaches out of the zip");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Path parent = target.getParent();
                Files.createDirectories(parent == null ? path : parent);
                Files.copy(entries, target);
            }
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

package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.machine.TemporaryFolder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A deployment package as Lambda takes it: a zip that keeps the files' times and which of them can be run. */
public final class PackageZip {
    /**
     * The time of every file. An AOT cache is used only where the class path has the time and size that it had in
     * training, so both are in the zip, the time in UTC, too, which does not depend on where it is unpacked.
     */
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private static final String ENTRY = "rw-r--r--";
    private static final String PROGRAM = "rwxr-xr-x";

    private PackageZip() {}

    /** Makes a zip of the files in a folder, in the order of their names; replaces an older one. */
    public static void write(Path folder, Path zip) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Files.deleteIfExists(zip);
        try (FileSystem entries = open(zip, Map.of("create", true, "enablePosixFileAttributes", true))) {
            for (Path file : files) {
                Path entry = entries.getPath("/" + folder.relativize(file));
                makeParent(entry);
                Files.copy(file, entry);
                Files.setPosixFilePermissions(
                        entry, PosixFilePermissions.fromString(Files.isExecutable(file) ? PROGRAM : ENTRY));
                Files.setLastModifiedTime(entry, TIME);
            }
        }
    }

    /**
     * Unpacks a zip into an empty folder, with the files' times and permissions.
     *
     * @throws IOException also when an entry reaches out of the zip
     */
    public static void unpack(Path zip, Path folder) throws IOException {
        try (FileSystem entries = open(zip, Map.of("enablePosixFileAttributes", true, "defaultPermissions", ENTRY));
                Stream<Path> all = Files.walk(entries.getPath("/"))) {
            for (Path entry : all.filter(Files::isRegularFile).toList()) {
                Path file = folder.resolve(entry.toString().substring(1));
                makeParent(file);
                Files.copy(entry, file);
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(entry);
                Files.setPosixFilePermissions(file, permissions);
                Files.setLastModifiedTime(file, Files.getLastModifiedTime(entry));
            }
        }
    }

    /**
     * A temporary folder with a zip's files, their times and permissions.
     *
     * @throws SetupException when there is no such zip or it reaches out of its folder
     */
    static TemporaryFolder unpacked(Path zip) {
        TemporaryFolder unpacked = TemporaryFolder.empty("latchkey-task-");
        try {
            unpack(zip, unpacked.path());
            return unpacked;
        } catch (IOException | ProviderNotFoundException unreadable) {
            unpacked.delete();
            throw new SetupException("Cannot unpack the function " + zip + ": " + unreadable, unreadable);
        }
    }

    /**
     * Puts the jars of a layer behind those of an unpacked function. Lambda has them in {@code /opt/java/lib}, which AWS's
     * runtime interface client reads after the function's own {@code lib} (Lambda, Managing dependencies with layers).
     */
    static void addLayer(Path layer, Path function) throws IOException {
        try (FileSystem entries = open(layer, Map.of())) {
            Path jars = entries.getPath("/java/lib");
            try (Stream<Path> all = Files.isDirectory(jars) ? Files.list(jars) : Stream.empty()) {
                for (Path jar :
                        all.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    Path copy = function.resolve("lib").resolve("zz-layer-" + jar.getFileName());
                    makeParent(copy);
                    Files.copy(jar, copy);
                }
            }
        } catch (ProviderNotFoundException noZip) {
            throw new IOException(layer + " is no zip", noZip);
        }
    }

    private static void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static FileSystem open(Path zip, Map<String, ?> how) throws IOException {
        return FileSystems.newFileSystem(zip, how);
    }
}

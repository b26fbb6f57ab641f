package dev.latchkey.benchmarks.functions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Makes what Lambda has under {@code /var/task}. */
public final class TaskRoot {

    private static final Set<PosixFilePermission> EXECUTABLE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private TaskRoot() {}

    /** Unpacks a package of ours into a folder; {@code bootstrap} and programs of its own runtime can be run. */
    public static Path unpack(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                if (isProgram(entry.getName())) {
                    Files.setPosixFilePermissions(target, EXECUTABLE);
                }
            }
        }
        return folder;
    }

    private static boolean isProgram(String name) {
        return name.equals("bootstrap") || name.contains("/bin/") || name.endsWith("/jspawnhelper");
    }

    /** A jar with one of our classes and nothing else. */
    public static Path jar(Class<?> single, Path jar) throws IOException {
        String name = single.getName().replace('.', '/') + ".class";
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = single.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
        return jar;
    }

    /** The jar that a class of a library was loaded from. */
    public static Path jarOf(Class<?> ofLibrary) {
        try {
            return Path.of(ofLibrary
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

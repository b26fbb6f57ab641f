package dev.latchkey.benchmarks.functions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Makes what Lambda has under {@code /var/task}. */
public final class TaskRoot {

    private TaskRoot() {}

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

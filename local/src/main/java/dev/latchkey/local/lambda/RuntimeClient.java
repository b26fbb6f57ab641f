package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.SetupException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's runtime interface client for Java, the program that Lambda's managed runtimes start.
 *
 * <p>The client unpacks its native library to one fixed path in {@code /tmp}, where two processes would get in each
 * other's way; here each process gets its own copy through the client's system property.
 */
record RuntimeClient(Path folder, List<Path> jars, Path clientJar) {
    static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** Where the hooks of SnapStart (the API org.crac) find the client. */
    static final String SNAPSHOT_HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

    private static final String CLIENT = "aws-lambda-java-runtime-interface-client";
    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /** The client in a folder; a {@link SetupException} when it is not there or cannot run on this system. */
    static RuntimeClient in(Path folder) {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            throw new SetupException("The functions cannot run on " + system + ": AWS's runtime interface client has a"
                    + " native library for Linux only. Use Linux, WSL 2 or a Linux container");
        }
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException noFolder) {
            throw missing(folder);
        }
        Path client = jars.stream()
                .filter(jar -> String.valueOf(jar.getFileName()).startsWith(CLIENT))
                .findFirst()
                .orElseThrow(() -> missing(folder));
        return new RuntimeClient(folder, jars, client);
    }

    String classPath() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Unpacks the native library of this machine into a folder; the JVM flag that makes the client take it. */
    String unpackLibrary(Path target) {
        String arch =
                System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("aarch64") ? "aarch_64" : "x86_64";
        String machine = arch.equals("aarch_64") ? "aarch64" : "x86_64";
        String libc = Files.exists(Path.of("/lib/ld-musl-" + machine + ".so.1")) ? "linux_musl" : "linux";
        String name = "jni/libaws-lambda-jni." + libc + "-" + arch + ".so";
        Path library = target.resolve("libaws-lambda-jni.so");
        try (ZipFile jar = new ZipFile(clientJar.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            if (entry == null) {
                throw new SetupException(clientJar + " has no native library for this machine (" + name + ")");
            }
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, library);
            }
        } catch (IOException failed) {
            throw new SetupException("Cannot unpack " + name + " from " + clientJar + ": " + failed, failed);
        }
        return "-D" + LIBRARY_PROPERTY + "=" + library;
    }

    private static SetupException missing(Path folder) {
        return new SetupException("AWS's runtime interface client is not in " + folder
                + ". The build puts it there: ./mvnw -pl local process-resources");
    }
}

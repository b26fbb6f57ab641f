package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.FunctionDefinition;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVMs of the functions are started.
 *
 * @param javaHome the JDK or JRE to run them with, where they do not bring their own
 * @param flags further JVM flags, after those that Lambda sets; for a function with its own runtime in
 *     {@code JAVA_TOOL_OPTIONS}
 * @param runtimeClient the folder with AWS's runtime interface client and its dependencies
 */
public record JvmSettings(Path javaHome, List<String> flags, Path runtimeClient) {

    /** Copies the flags and makes the paths absolute, as functions have another working directory. */
    public JvmSettings {
        javaHome = javaHome.toAbsolutePath().normalize();
        runtimeClient = runtimeClient.toAbsolutePath().normalize();
        flags = List.copyOf(flags);
    }

    /**
     * The JDK that runs this tool, no further flags, and the folder {@code runtime} that the build makes beside this
     * tool's jar or classes.
     */
    public static JvmSettings defaults() {
        return new JvmSettings(Path.of(System.getProperty("java.home", "")), List.of(), besideThisTool());
    }

    /** The same with another JDK. */
    public JvmSettings withJavaHome(Path other) {
        return new JvmSettings(other, flags, runtimeClient);
    }

    /** The same with other flags. */
    public JvmSettings withFlags(List<String> other) {
        return new JvmSettings(javaHome, other, runtimeClient);
    }

    /**
     * Looks for what they name.
     *
     * @throws SetupException when the JDK or AWS's runtime interface client is not there or cannot run on this system
     */
    public void check() {
        if (!Files.isExecutable(javaHome.resolve("bin").resolve("java"))) {
            throw new SetupException(javaHome + " has no bin/java; choose a JDK with --java-home");
        }
        RuntimeClient.in(runtimeClient);
    }

    /**
     * The command that runs a function as Lambda's managed Java runtime does.
     *
     * @param library an empty folder, for the runtime interface client's native library
     * @throws SetupException when the client is not there or cannot run on this system
     */
    public List<String> command(FunctionDefinition function, Path library) {
        RuntimeClient client = RuntimeClient.in(runtimeClient);
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        // The machine that Lambda gives a function has no more than that; the JVM sizes its heap by it.
        command.add("-XX:MaxRAM=" + function.memoryMb() + "m");
        command.add("-XX:MaxHeapSize=" + function.memoryMb() * 1024L * 85 / 100 + "k");
        command.add(client.unpackLibrary(library));
        command.add(RuntimeClient.SNAPSHOT_HOOKS);
        command.addAll(flags);
        command.add("-classpath");
        command.add(client.classPath());
        command.add(RuntimeClient.MAIN_CLASS);
        command.add(function.handler());
        return command;
    }

    private static Path besideThisTool() {
        CodeSource source = JvmSettings.class.getProtectionDomain().getCodeSource();
        try {
            Path jarOrClasses = Path.of(source.getLocation().toURI());
            return jarOrClasses.resolveSibling("runtime");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

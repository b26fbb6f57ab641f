import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what the image builder's own driver would tell its JVM, and the C headers that its jars are written for. The
 * arguments are the folder with the jars, which are on the class path, too, and the folder to write to.
 */
public final class Prepare {
    /** The modules of the JDK into which the builder reaches. */
    private static final List<String> JDK = List.of(
            "java.base",
            "jdk.internal.vm.ci",
            "java.management",
            "jdk.management",
            "jdk.jfr",
            "java.instrument",
            "jdk.zipfs",
            "java.logging",
            "jdk.management.jfr",
            "java.rmi",
            "java.security.jgss",
            "jdk.internal.jvmstat",
            "java.desktop",
            "jdk.attach");

    private Prepare() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path out = Path.of(arguments[1]);
        Set<ModuleReference> builder = ModuleFinder.of(Path.of(arguments[0])).findAll();
        String all = "ALL-UNNAMED," + builder.stream().map(module -> module.descriptor().name()).sorted()
                .collect(Collectors.joining(","));
        Stream<ModuleReference> jdk = JDK.stream().flatMap(name -> ModuleFinder.ofSystem().find(name).stream());
        List<String> opens = Stream.concat(jdk, builder.stream())
                .flatMap(module -> new TreeSet<>(module.descriptor().packages())
                        .stream().map(one -> module.descriptor().name() + "/" + one + "=" + all))
                .sorted()
                .flatMap(one -> Stream.of("--add-exports=" + one, "--add-opens=" + one))
                .toList();
        Files.write(out.resolve("opens"), opens);
        header(out, "amd64", "AMD64");
        header(out, "aarch64", "AArch64");
        header(out, "riscv64", "RISCV64");
    }

    /** Each feature that the builder may ask for is a byte in a struct. */
    private static void header(Path out, String folder, String name) throws IOException, ClassNotFoundException {
        Class<?> features = Class.forName(
                "com.oracle.svm.core." + folder + "." + name + "LibCHelper$CPUFeatures",
                false,
                Prepare.class.getClassLoader());
        String fields = Stream.of(features.getDeclaredMethods())
                .map(Method::getName)
                .distinct()
                .sorted()
                .map(field -> "    char " + field + ";\n")
                .collect(Collectors.joining());
        String guard = name.toUpperCase(java.util.Locale.ROOT) + "CPUFEATURES_H";
        Files.writeString(
                out.resolve(folder + "cpufeatures.h"),
                "#ifndef " + guard + "\n#define " + guard + "\ntypedef struct {\n" + fields + "} CPUFeatures;\n#endif\n");
    }
}

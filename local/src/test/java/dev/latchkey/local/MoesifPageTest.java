package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servlet example of docs/moesif.md, compiled against Moesif's own filter and asked who is calling. */
class MoesifPageTest {

    private static final Path PAGE = Path.of("..", "docs", "moesif.md");
    private static final Path MOESIF = Path.of("target", "moesif");
    private static final Path OWN = Path.of("target", "lib");

    @Test
    void theServletExampleFindsCompanyAndUserInTheKey(@TempDir Path folder) throws Exception {
        compile(folder);
        URL[] classPath = urls(folder);
        try (URLClassLoader loader = new URLClassLoader(classPath, MoesifPageTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass("com.example.LatchkeyCallers");
            Object callers = type.getConstructor().newInstance();
            String key = TestTokens.good("HS256")
                    .claim("sub", "usr_1")
                    .claim("org_id", "cus_1")
                    .hs256(TestKeys.SECRET);

            assertThat(identify(loader, callers, "identifyCompany", "Bearer " + key))
                    .isEqualTo("cus_1");
            assertThat(identify(loader, callers, "identifyUser", "bearer  " + key))
                    .isEqualTo("usr_1");
            for (String other : new String[] {null, "", "Basic dTpw", "Bearer a.b.c", "Bearer !.!.!", key + ".x.y"}) {
                assertThat(identify(loader, callers, "identifyCompany", other)).isNull();
            }
        }
    }

    private static @Nullable Object identify(
            ClassLoader loader, Object callers, String method, @Nullable String authorization) throws Exception {
        Class<?> request = loader.loadClass("jakarta.servlet.http.HttpServletRequest");
        Class<?> response = loader.loadClass("jakarta.servlet.http.HttpServletResponse");
        Object call = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {request},
                (proxy, called, arguments) -> called.getName().equals("getHeader") ? authorization : null);
        return callers.getClass().getMethod(method, request, response).invoke(callers, call, null);
    }

    private static void compile(Path folder) throws IOException {
        Matcher code = Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(code.find()).isTrue();
        Path source = folder.resolve("LatchkeyCallers.java");
        Files.writeString(source, code.group(1));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-classpath",
                    Stream.concat(jars(MOESIF), jars(OWN))
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator)),
                    "-d",
                    folder.toString());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .isTrue();
        }
    }

    private static URL[] urls(Path folder) throws IOException {
        return Stream.concat(Stream.of(folder), jars(MOESIF))
                .map(MoesifPageTest::url)
                .toArray(URL[]::new);
    }

    private static Stream<Path> jars(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.toList().stream();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.latchkey.benchmarks.footprint;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.Samples;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.SecretsManager;
import dev.latchkey.local.KeyServer;
import dev.latchkey.local.TimedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The packages' sizes, what is in {@code authorizer.zip}, and from which of its jars the JVM loads classes when keys
 * come from a variable, from Secrets Manager and from an address.
 */
public final class SizeBenchmark {

    private static final double BYTES_PER_MB = 1024 * 1024;
    private static final Pattern LOADED = Pattern.compile("source: (?:jar:)?file:\\S*/lib/([^/!\\s]+\\.jar)");

    private final Run run;

    /** A part of a run. */
    public SizeBenchmark(Run run) {
        this.run = run;
    }

    /** Measures the packages that are built. */
    public void run() throws IOException, InterruptedException {
        Workplace place = run.place();
        run.progress().next("size");
        for (Path zip : new Path[] {place.authorizer(), place.authorizerWithRuntime()}) {
            if (Files.exists(zip)) {
                String name = String.valueOf(zip.getFileName());
                add(
                        "size of packages",
                        "size." + name.replace(".zip", ""),
                        "Latchkey, " + name,
                        "MB",
                        Files.size(zip) / BYTES_PER_MB);
            }
        }
        Map<String, Long> classes = loadedClasses(place, run.fixtures());
        int unused = 0;
        try (ZipFile zip = new ZipFile(place.authorizer().toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(one -> one.getName().endsWith(".jar")).toList()) {
                String jar = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                long loaded = classes.getOrDefault(jar, 0L);
                unused += loaded == 0 ? 1 : 0;
                add(
                        "in authorizer.zip",
                        "size.jar." + jar,
                        jar + ", " + loaded + " classes loaded",
                        "KB",
                        entry.getCompressedSize() / 1024.0);
            }
        }
        add("jars in authorizer.zip without a loaded class", "size.unused", "Latchkey", "", unused);
    }

    private void add(String group, String id, String label, String unit, double value) {
        run.results().add(new Measurement(group, id, label, unit, Samples.of(value)));
    }

    /** How many classes of each jar were loaded at least once. */
    private static Map<String, Long> loadedClasses(Workplace place, Fixtures fixtures)
            throws IOException, InterruptedException {
        byte[] event = Fixtures.event(fixtures.tokens("RS256").get(0));
        Path folder = place.work("size");
        Functions functions = new Functions(place, folder, event);
        load(
                functions.authorizer("static", Map.of("JWT_VERIFY_KEY", fixtures.verifyKey("RS256"))),
                event,
                folder.resolve("static.classes"));
        try (KeyServer keys = KeyServer.of(fixtures.jwkSet())) {
            load(
                    functions.authorizer("remote", Map.of("JWKS_URI", keys.uri())),
                    event,
                    folder.resolve("remote.classes"));
        }
        try (SecretsManager secrets = SecretsManager.with(fixtures.privateKey("RS256"), place)) {
            load(functions.authorizer("secret", secrets.settings()), event, folder.resolve("secret.classes"));
        }
        Set<String> lines = new HashSet<>();
        for (String source : new String[] {"static", "remote", "secret"}) {
            try (Stream<String> log = Files.lines(folder.resolve(source + ".classes"))) {
                log.map(line -> line.replaceAll("/work/size/\\w+/", "/")).forEach(lines::add);
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String line : lines) {
            Matcher jar = LOADED.matcher(line);
            if (jar.find()) {
                counts.merge(jar.group(1), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static void load(RunnableFunction function, byte[] event, Path log) throws IOException {
        RunnableFunction logging = function.withFlag("-Xlog:class+load:file=" + log + "::filecount=0");
        try (TimedProcess process = logging.start()) {
            logging.call(process, event);
        }
    }
}

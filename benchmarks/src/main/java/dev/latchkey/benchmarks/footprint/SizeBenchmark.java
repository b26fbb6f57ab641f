package dev.latchkey.benchmarks.footprint;

import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.Samples;
import dev.latchkey.benchmarks.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The packages' sizes, the jars in {@code authorizer.zip}, and which of them nothing is loaded from. */
public final class SizeBenchmark {

    private static final double BYTES_PER_MB = 1024 * 1024;

    private final Run run;

    /** A part of a run. */
    public SizeBenchmark(Run run) {
        this.run = run;
    }

    /** Measures the packages that are built. */
    public void run() throws IOException, InterruptedException {
        Workplace place = run.place();
        run.progress().next("size");
        for (Path zip : new Path[] {place.authorizer(), place.authorizerWithRuntime(), place.authorizerNative()}) {
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
        Map<String, Long> classes = LoadedClasses.byJar(place, run.fixtures());
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
}

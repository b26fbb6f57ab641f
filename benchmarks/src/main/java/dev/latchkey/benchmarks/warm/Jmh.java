package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Contestant.Attempt;
import dev.latchkey.benchmarks.Effort;
import dev.latchkey.benchmarks.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks, one JVM per attempt; in this JVM where only their working counts. */
public final class Jmh {

    private final Effort effort;
    private final String fixtures;

    /** A part of a run. */
    public Jmh(Run run) {
        this.effort = run.effort();
        this.fixtures = run.fixtures().folder().toString();
    }

    /** One JVM with one benchmark method; its score is in microseconds. */
    public Attempt attempt(Class<?> benchmark, String method, Compiler compiler, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("fixtures", fixtures);
        return () -> {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
                    .forks(effort.isSerious() ? 1 : 0)
                    .jvmArgs(flags(compiler))
                    .warmupIterations(effort.iterations())
                    .warmupTime(TimeValue.milliseconds(effort.milliseconds()))
                    .measurementIterations(effort.iterations())
                    .measurementTime(TimeValue.milliseconds(effort.milliseconds()))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT);
            all.forEach(options::param);
            Collection<RunResult> results = new Runner(options.build()).run();
            return results.iterator().next().getPrimaryResult().getScore();
        };
    }

    /** With the permissions that newer JDKs want for what JMH and native libraries do. */
    private static String[] flags(Compiler compiler) {
        List<String> flags = new ArrayList<>(compiler.flags());
        if (Runtime.version().feature() >= 24) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags.toArray(String[]::new);
    }
}

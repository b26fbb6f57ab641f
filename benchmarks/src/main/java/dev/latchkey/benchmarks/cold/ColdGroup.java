package dev.latchkey.benchmarks.cold;

import dev.latchkey.benchmarks.Contestant;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.PeerHandler;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.TaskRoot;
import dev.latchkey.benchmarks.functions.TimedProcess;
import dev.latchkey.benchmarks.peer.EmptyMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Contestants that start under the same conditions, as they are added. */
final class ColdGroup {

    private final String name;
    private final String label;
    private final Run run;
    private final Functions functions;
    private final byte[] event;
    private final List<Contestant> contestants = new ArrayList<>();

    /**
     * A group without contestants.
     *
     * @param name its part in ids, such as {@code static}
     * @param label its name in tables
     */
    ColdGroup(String name, String label, Run run, Functions functions, byte[] event) {
        this.name = name;
        this.label = label;
        this.run = run;
        this.functions = functions;
        this.event = event.clone();
    }

    List<Contestant> contestants() {
        return List.copyOf(contestants);
    }

    /** Latchkey, in all layouts that are built. */
    void latchkey(Map<String, String> settings) throws IOException {
        latchkey("latchkey", "", settings);
    }

    /**
     * Latchkey with another way to its keys, in all layouts that are built.
     *
     * @param way the way, as labels name it
     */
    void latchkey(String id, String way, Map<String, String> settings) throws IOException {
        String what = way.isEmpty() ? "Latchkey" : "Latchkey, " + way;
        add(id + "-managed", what + ", managed", functions.authorizer(name + "-" + id + "-managed", settings));
        Path program = run.place().authorizerNative();
        if (Files.exists(program)) {
            add(id + "-native", what + ", native", functions.authorizerNative(name + "-" + id + "-native", settings));
        } else {
            run.results()
                    .note("Latchkey as a native program was left out: there is no " + program.getFileName()
                            + ", which scripts/build --native makes");
        }
        Path zip = run.place().authorizerWithRuntime();
        if (Files.exists(zip)) {
            add(
                    id + "-own",
                    what + ", own runtime",
                    functions.authorizerWithRuntime(name + "-" + id + "-own", settings));
        } else {
            run.results()
                    .note("Latchkey with its own runtime was left out: there is no " + zip.getFileName()
                            + ", which scripts/build --own-runtime makes");
        }
    }

    /** The function that publishes, under a managed runtime. */
    void publish(Map<String, String> settings) throws IOException {
        add("latchkey-managed", "Latchkey, managed", functions.publish(name + "-latchkey-managed", settings));
    }

    /** A Java handler under a managed runtime. */
    void managed(String id, String what, PeerHandler handler, Map<String, String> settings) throws IOException {
        add(id + "-managed", what + ", managed", functions.managed(id + "-managed", handler, settings));
    }

    /** A Java handler with a runtime of its own; none where the JDK has no cache. */
    void ownRuntime(String id, String what, PeerHandler handler, Map<String, String> settings)
            throws IOException, InterruptedException {
        if (run.place().hasAotCache()) {
            add(id + "-own", what + ", own runtime", functions.withOwnRuntime(id + "-own", handler, settings));
        }
    }

    /** One of the Node.js authorizers; none where they are not installed. */
    void node(String id, String what, Map<String, String> settings) {
        if (run.place().hasNode()) {
            String answer = id.equals("empty") ? Functions.EMPTY.answer() : RunnableFunction.ALLOW;
            add("node-" + id, what + ", Node.js", functions.node(id, answer, settings));
        } else {
            run.results().note("the Node.js authorizers were left out: their libraries are not in benchmarks/node");
        }
    }

    /** A JVM with one class that does nothing; until it has ended. */
    void emptyJvm() throws IOException {
        Path jar = TaskRoot.jar(EmptyMain.class, run.place().work("empty-jvm").resolve("empty.jar"));
        ProcessBuilder jvm = new ProcessBuilder(
                        run.place().java().toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        jar.toString(),
                        EmptyMain.class.getName())
                .inheritIO();
        add("empty-jvm", "empty JVM", () -> {
            long started = System.nanoTime();
            jvm.start().waitFor();
            return (System.nanoTime() - started) / 1e6;
        });
    }

    /** A function of the managed layout from its snapshot on, without the time that Lambda takes to restore it. */
    void restored(String id, String what, RunnableFunction function) {
        add(id, what, function, TimedProcess::sinceRestore);
    }

    private void add(String id, String what, RunnableFunction function) {
        add(id, what, function, TimedProcess::age);
    }

    private void add(String id, String what, RunnableFunction function, ToLongFunction<TimedProcess> nanoseconds) {
        AtomicLong processorTime = new AtomicLong();
        add(id, what, () -> {
            try (TimedProcess process = function.start()) {
                function.call(process, event);
                double milliseconds = nanoseconds.applyAsLong(process) / 1e6;
                processorTime.set(process.processorTime());
                return milliseconds;
            }
        });
        // Of the same start, whose turn is just before.
        contestants.add(new Contestant(
                label + ", CPU time", "cpu." + name + "." + id, what, "ms", () -> processorTime.get() / 1e6));
    }

    private void add(String id, String what, Contestant.Attempt attempt) {
        contestants.add(new Contestant(label, "cold." + name + "." + id, what, "ms", attempt));
    }
}

package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.FunctionDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A function as Lambda's managed Java runtime runs it: the built zip unpacked as the task root, in a JVM whose class
 * path holds only AWS's runtime interface client, which loads the handler from the task root. A function that has its
 * own runtime is started by its {@code bootstrap} instead.
 *
 * <p>The JVM starts with the first invocation. Invocations run one at a time; others wait. A JVM that crashed or timed
 * out is replaced by a new one on the next invocation. Safe for use by several threads.
 */
public final class FunctionProcess implements Invoker, AutoCloseable {
    private final FunctionDefinition function;
    private final Map<String, String> overrides;
    private final JvmSettings settings;
    private final LogListener listener;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    private final Object state = new Object();
    private @Nullable FunctionJvm jvm;
    private boolean closed;

    /**
     * A function that is not running yet.
     *
     * @param overrides environment variables for this run, stronger than the template's and Lambda's
     * @param listener gets the lines of standard output and standard error
     */
    public FunctionProcess(
            FunctionDefinition function, Map<String, String> overrides, JvmSettings settings, LogListener listener) {
        this.function = function;
        this.overrides = Map.copyOf(overrides);
        this.settings = settings;
        this.listener = listener;
    }

    /** The function it runs. */
    public FunctionDefinition function() {
        return function;
    }

    /** Its settings, as it reads them. */
    public FunctionSettings functionSettings() {
        return FunctionSettings.of(function, overrides);
    }

    /**
     * Invokes the function and waits for the end, which is at the latest its timeout after the event was handed over. A
     * JVM that cannot be started is a crash. Crashes and timeouts are also told to the log listener, as Lambda writes
     * them to the function's log.
     *
     * @throws IllegalStateException when it is closed
     */
    @Override
    public InvocationResult invoke(String requestId, byte[] event) {
        oneAtATime.lock();
        try {
            InvocationResult result = attempt(requestId, event)
                    .or(() -> attempt(requestId, event))
                    .orElseGet(() -> new InvocationResult.Crash("Runtime.ExitError", "Runtime exited while idle"));
            if (result instanceof InvocationResult.Timeout || result instanceof InvocationResult.Crash) {
                discard();
                listener.line(function.logicalId(), LogListener.Stream.STDERR, platformLine(requestId, result));
            }
            return result;
        } finally {
            oneAtATime.unlock();
        }
    }

    private Optional<InvocationResult> attempt(String requestId, byte[] event) {
        try {
            return running().invoke(requestId, event);
        } catch (SetupException notStarted) {
            return Optional.of(
                    new InvocationResult.Crash("Sandbox.StartError", String.valueOf(notStarted.getMessage())));
        }
    }

    private static String platformLine(String requestId, InvocationResult result) {
        var error = JsonTree.parse(result.asPayload().bytes()).orElseGet(JsonTree::object);
        return JsonTree.object()
                .put("level", "ERROR")
                .put("requestId", requestId)
                .put("errorType", error.path("errorType").asText())
                .put("message", error.path("errorMessage").asText())
                .toString();
    }

    /** The process id of the running JVM; empty when none is running. */
    public Optional<Long> pid() {
        synchronized (state) {
            return jvm != null && jvm.isAlive() ? Optional.of(jvm.pid()) : Optional.empty();
        }
    }

    /**
     * Asks the JVM to end in its own time, and waits for that, before it {@linkplain #close closes}.
     *
     * @return whether it ended within the time
     */
    public boolean end(Duration patience) {
        FunctionJvm running;
        synchronized (state) {
            running = jvm;
        }
        boolean ended = running != null && running.terminate(patience);
        close();
        return ended;
    }

    /** Kills the JVM and deletes its files; an invocation under way ends as a crash. */
    @Override
    public void close() {
        synchronized (state) {
            closed = true;
        }
        discard();
    }

    private FunctionJvm running() {
        synchronized (state) {
            if (jvm != null && jvm.isAlive()) {
                return jvm;
            }
        }
        discard();
        synchronized (state) {
            if (closed) {
                throw new IllegalStateException(function.logicalId() + " is closed");
            }
            FunctionJvm started = FunctionJvm.start(function, overrides, settings, listener);
            jvm = started;
            return started;
        }
    }

    private void discard() {
        FunctionJvm old;
        synchronized (state) {
            old = jvm;
            jvm = null;
        }
        if (old != null) {
            old.close();
        }
    }
}

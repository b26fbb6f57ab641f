package dev.latchkey.runtime;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a function threw, as AWS's runtime client tells it to callers and to the log. */
final class FunctionError {
    private static final String HERE = FunctionError.class.getPackageName() + ".";

    private final Throwable thrown;
    private final boolean atStart;

    private FunctionError(Throwable thrown, boolean atStart) {
        this.thrown = thrown;
        this.atStart = atStart;
        cut(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** What was thrown instead of an answer. */
    static FunctionError inAnswer(Throwable thrown) {
        return new FunctionError(thrown, false);
    }

    /** What was thrown at the function's start. */
    static FunctionError atStart(Throwable thrown) {
        return new FunctionError(thrown, true);
    }

    /** The value of {@code Lambda-Runtime-Function-Error-Type}. */
    String category() {
        return atStart ? "Runtime.BadFunctionCode" : "Runtime.UserException";
    }

    /** What callers get; of a failed start without where it arose. */
    byte[] json() {
        JsonObjectBuilder error =
                new JsonObjectBuilder().put("errorMessage", message()).put("errorType", type());
        if (!atStart) {
            error.put(
                    "stackTrace",
                    Arrays.stream(thrown.getStackTrace())
                            .map(StackTraceElement::toString)
                            .toList());
        }
        return JsonWriter.write(error.build()).getBytes(StandardCharsets.US_ASCII);
    }

    /** What the log gets. */
    String text() {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return message() + ": " + type() + "\n" + trace + "\n";
    }

    /** Whether the program is in no state to go on, as after an {@link OutOfMemoryError}. */
    boolean isFatal() {
        return thrown instanceof VirtualMachineError || thrown instanceof java.io.IOError;
    }

    private String message() {
        String message = thrown.getLocalizedMessage();
        return message == null ? type() : message;
    }

    private String type() {
        return thrown.getClass().getName();
    }

    /** Leaves out of a trace who called the function. */
    private static void cut(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        for (int i = 0; i < trace.length; i++) {
            if (trace[i].getClassName().startsWith(HERE)) {
                thrown.setStackTrace(Arrays.copyOf(trace, i));
                break;
            }
        }
        cut(thrown.getCause(), seen);
        for (Throwable suppressed : thrown.getSuppressed()) {
            cut(suppressed, seen);
        }
    }
}

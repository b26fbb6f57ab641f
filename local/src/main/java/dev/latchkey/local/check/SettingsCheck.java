package dev.latchkey.local.check;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.stack.LocalStack;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts each function of a stack, so that what it says of its settings is known before they are deployed. */
public final class SettingsCheck {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final LocalStack stack;
    private final PrintStream out;

    /** Checks the functions of a stack, and prints what each says. */
    public SettingsCheck(LocalStack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    /** Starts the functions; true when all start. What they make of an empty event does not count. */
    public boolean passes() {
        boolean passes = true;
        for (String name : stack.functionNames()) {
            InvocationResult result = stack.function(name).orElseThrow().invoke("settings", EMPTY);
            if (result instanceof InvocationResult.Crash crash) {
                passes = false;
                out.println("FAILED  " + name + " does not start: " + crash.reason());
            } else {
                out.println("ok      " + name + " starts with its settings");
            }
        }
        return passes;
    }
}

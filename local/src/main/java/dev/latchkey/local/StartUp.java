package dev.latchkey.local;

import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.stack.LocalStack;
import dev.latchkey.local.stack.StackListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts both functions before anybody calls them, so that settings that do not work are told at once. */
final class StartUp {

    private static final Map<String, String> REFUSED = Map.of(
            "IssueKeyFunction",
            "{}",
            "AuthorizerFunction",
            "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:local/start/GET/\"}");

    private final AtomicBoolean over = new AtomicBoolean();

    /** A listener that hears nothing until the functions have started: what they say about it is told by the error. */
    StackListener quiet(StackListener listener) {
        return new StackListener() {
            @Override
            public void request(RequestRecord record) {
                listener.request(record);
            }

            @Override
            public void line(String function, Stream stream, String line) {
                if (over.get()) {
                    listener.line(function, stream, line);
                }
            }
        };
    }

    /**
     * Calls both functions once, with an event that they refuse.
     *
     * @throws SetupException if one does not start; the message is the function's own
     */
    void check(LocalStack stack) {
        REFUSED.forEach((name, event) -> {
            stack.function(name).ifPresent(function -> {
                byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
                if (function.invoke("start-up", bytes) instanceof InvocationResult.Crash crash) {
                    throw new SetupException(name + " does not start: " + crash.reason());
                }
            });
        });
        over.set(true);
    }
}

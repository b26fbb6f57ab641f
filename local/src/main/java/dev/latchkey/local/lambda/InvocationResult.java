package dev.latchkey.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import java.time.Duration;
import java.util.Locale;

/** How one invocation of a function ended (Lambda, Invoke; Lambda, Understanding retry behavior). */
public sealed interface InvocationResult {

    /** The function answered with these exact bytes. */
    record Success(Payload payload) implements InvocationResult {}

    /** The handler threw; the payload is the error as JSON, as the runtime reported it. */
    record FunctionError(String errorType, String errorMessage, Payload payload) implements InvocationResult {}

    /** The function did not answer in time and was stopped. */
    record Timeout(String requestId, Duration limit) implements InvocationResult {}

    /** The process ended, or the handler could not be made; {@code errorType} is such as {@code Runtime.ExitError}. */
    record Crash(String errorType, String message) implements InvocationResult {

        /** The message without the stack trace that the runtime adds. */
        public String reason() {
            int trace = message.indexOf("\n\tat ");
            return (trace < 0 ? message : message.substring(0, trace)).strip();
        }
    }

    /** The payload that a caller of Lambda's Invoke gets. */
    default Payload asPayload() {
        if (this instanceof Success success) {
            return success.payload();
        }
        if (this instanceof FunctionError error) {
            return error.payload();
        }
        if (this instanceof Timeout timeout) {
            String message = String.format(
                    Locale.ROOT,
                    "RequestId: %s Error: Task timed out after %.2f seconds",
                    timeout.requestId(),
                    timeout.limit().toMillis() / 1000.0);
            return error("Sandbox.Timedout", message);
        }
        Crash crash = (Crash) this;
        return error(crash.errorType(), crash.message());
    }

    /** The error that a runtime reported; members that are missing or no text are empty. */
    static FunctionError functionError(byte[] payload) {
        JsonNode error = JsonTree.parse(payload).orElseGet(JsonTree::object);
        return new FunctionError(
                error.path("errorType").asText(""), error.path("errorMessage").asText(""), new Payload(payload));
    }

    private static Payload error(String type, String message) {
        return new Payload(
                JsonTree.bytes(JsonTree.object().put("errorType", type).put("errorMessage", message)));
    }
}

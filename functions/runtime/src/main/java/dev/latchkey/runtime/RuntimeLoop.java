package dev.latchkey.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;

/**
 * Runs one function under the Lambda Runtime API, in place of AWS's runtime client: one event after another, over one kept
 * connection, without reflection and native code.
 *
 * <p>Callers and log readers see what AWS's client shows them. Left out are what AWS's mobile SDKs and X-Ray tell beside an
 * event and an error, SnapStart, and several events at once, none of which a runtime of one's own gets or an authorizer
 * uses.
 */
public final class RuntimeLoop {
    /** The system property in which AWS's X-Ray SDK looks for the trace of an invocation. */
    private static final String TRACE = "com.amazonaws.xray.traceHeader";

    private final RuntimeApi api;
    private final Map<String, String> environment;
    private final RuntimeLogger logger;
    private final Clock clock;

    /** Makes a function, which writes to that logger. */
    @FunctionalInterface
    public interface Start {
        RequestStreamHandler handler(LambdaLogger logger);
    }

    /**
     * A loop that has not begun.
     *
     * @param environment with the variables that Lambda defines, {@code AWS_LAMBDA_RUNTIME_API} above all
     * @param log where log lines go, which is standard output in Lambda
     * @param clock by which a function's time is measured
     * @throws IllegalArgumentException if a variable is not as Lambda defines it
     */
    public RuntimeLoop(Map<String, String> environment, OutputStream log, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.logger = new RuntimeLogger(log, environment, clock);
        this.clock = clock;
        this.api = new RuntimeApi(new HttpConnection(environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", "")));
    }

    /**
     * Starts the function and answers events until nothing more can be done: the function did not start, which is told to
     * Lambda, or threw what no program goes on after, such as an {@link OutOfMemoryError}.
     *
     * @throws IOException if the Runtime API does not work
     */
    public void run(Start start) throws IOException {
        RequestStreamHandler handler;
        try {
            handler = start.handler(logger);
        } catch (Throwable thrown) {
            FunctionError error = FunctionError.atStart(thrown);
            logger.failed(error);
            api.initError(error);
            return;
        }
        while (answersOne(handler)) {
            // An answer may have been interrupted; the next one must not be.
            Thread.interrupted();
        }
    }

    /** Waits for an event and answers it; false where the program should end. */
    private boolean answersOne(RequestStreamHandler handler) throws IOException {
        Invocation invocation = api.next();
        logger.of(invocation);
        if (invocation.traceId() != null) {
            System.setProperty(TRACE, invocation.traceId());
        } else {
            System.clearProperty(TRACE);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    invocation.event(), answer, new InvocationContext(invocation, environment, logger, clock));
        } catch (Throwable thrown) {
            FunctionError error = FunctionError.inAnswer(thrown);
            api.error(invocation.requestId(), error);
            logger.failed(error);
            return !error.isFatal();
        }
        RuntimeApi.Receipt receipt = api.response(invocation.requestId(), answer.toByteArray());
        if (receipt != RuntimeApi.Receipt.ACCEPTED) {
            logger.failed(FunctionError.inAnswer(new IOException("The Runtime API took no answer: " + receipt)));
        }
        return true;
    }
}

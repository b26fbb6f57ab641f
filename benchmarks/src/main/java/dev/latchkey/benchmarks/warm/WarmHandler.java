package dev.latchkey.benchmarks.warm;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.latchkey.authorizer.AuthorizerHandler;
import dev.latchkey.testing.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The handler without a Lambda around it; records are made and dropped. */
public final class WarmHandler {

    private final AuthorizerHandler handler;
    private final TestContext context;

    /** A handler that verifies with this key. */
    public WarmHandler(String verifyKey) {
        this(Map.of("JWT_VERIFY_KEY", verifyKey));
    }

    /** A handler with these settings, which name no secret. */
    public WarmHandler(Map<String, String> settings) {
        LambdaLogger silent = new NoLog();
        context = new TestContext(silent);
        handler = new AuthorizerHandler(
                settings,
                extension -> {
                    throw new IllegalStateException("no secret is named");
                },
                List.of(),
                Clock.systemUTC(),
                silent);
    }

    /** The answer to an event; refusals are exceptions. */
    public byte[] call(byte[] event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream(512);
        handler.handleRequest(new ByteArrayInputStream(event), output, context);
        return output.toByteArray();
    }

    private static final class NoLog implements LambdaLogger {
        @Override
        public void log(String message) {}

        @Override
        public void log(byte[] message) {}
    }
}

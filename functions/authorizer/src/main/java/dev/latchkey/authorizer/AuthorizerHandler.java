package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.authorizer.Authorizer.Outcome;
import dev.latchkey.aws.SecretsManagerSources;
import dev.latchkey.config.SecretSource;
import dev.latchkey.config.Secrets;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The Lambda authorizer of REST, HTTP and WebSocket APIs, told apart by the event.
 *
 * <p>A good key is answered by an Allow policy, a good key without permission by a Deny policy (403), everything else
 * about the key by the error {@code Unauthorized} (401). An HTTP API with payload format 2.0 gets simple responses: true,
 * or false (403). A failure of our own is any other error (500). Every decision is one log record. Thread-safe.
 */
public final class AuthorizerHandler implements RequestStreamHandler {

    private final Authorizer authorizer;
    private final List<TokenSource> sources;
    private final Responses responses;
    private final DecisionLog log;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public AuthorizerHandler() {
        this(System.getenv(), new SecretsManagerSources(), tokenChecks(), Clock.systemUTC(), LambdaRuntime.getLogger());
    }

    private static List<TokenCheck> tokenChecks() {
        List<TokenCheck> checks = new ArrayList<>();
        ServiceLoader.load(TokenCheck.class).forEach(checks::add);
        return checks;
    }

    AuthorizerHandler(
            Map<String, String> environment,
            Supplier<SecretSource> secretSources,
            List<TokenCheck> checks,
            Clock clock,
            LambdaLogger logger) {
        JsonLog jsonLog = new JsonLog(logger, clock);
        boolean metrics = AuthorizerSettings.metrics(environment);
        this.log = new DecisionLog(jsonLog, clock, metrics);
        Secrets secrets = new Secrets(secretSources, clock, log::keysFetched);
        AuthorizerSettings settings = AuthorizerSettings.read(environment, secrets);
        this.authorizer = new Authorizer(settings.verification().verifier(clock), settings.permissions(), checks);
        this.sources = settings.sources();
        this.responses = settings.responses();
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        JsonObject answer;
        try {
            answer = answer(event, context);
        } catch (Unauthorized e) {
            throw e;
        } catch (RuntimeException e) {
            log.failed(e, context);
            throw e;
        }
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject answer(byte[] event, Context context) {
        long start = System.nanoTime();
        AuthorizationRequest request = AuthorizationRequest.read(event, sources);
        Outcome outcome = authorizer.decide(request);
        log.decided(request, outcome, (System.nanoTime() - start) / 1000, context);
        return responses.to(request, outcome.decision());
    }
}

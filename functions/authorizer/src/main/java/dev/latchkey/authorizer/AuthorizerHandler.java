package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.authorizer.Authorizer.Outcome;
import dev.latchkey.aws.SecretsManagerSource;
import dev.latchkey.config.SecretSource;
import dev.latchkey.config.Secrets;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The Lambda authorizer of REST APIs, for TOKEN and REQUEST events.
 *
 * <p>A good key is answered by an Allow policy, a good key without permission by a Deny policy (403), everything else
 * about the key by the error {@code Unauthorized} (401). A failure of our own is any other error (500). Every decision
 * is one log record: refusals at INFO, allowed calls at DEBUG. Thread-safe.
 */
public final class AuthorizerHandler implements RequestStreamHandler {

    private final Authorizer authorizer;
    private final PolicyScope scope;
    private final JsonLog log;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public AuthorizerHandler() {
        this(System.getenv(), SecretsManagerSource::new, Clock.systemUTC(), LambdaRuntime.getLogger());
    }

    AuthorizerHandler(
            Map<String, String> environment, Supplier<SecretSource> sources, Clock clock, LambdaLogger logger) {
        JsonLog jsonLog = new JsonLog(logger, clock);
        Secrets secrets = new Secrets(
                sources, clock, failure -> jsonLog.failure("keys not refreshed", failure, new JsonObject(Map.of())));
        AuthorizerSettings settings = AuthorizerSettings.read(environment, secrets);
        this.authorizer = new Authorizer(new TokenVerifier(
                settings.verification().keys(), settings.verification().rules(), clock));
        this.scope = settings.scope();
        this.log = jsonLog;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        JsonObject answer;
        try {
            answer = answer(AuthorizationRequest.read(event), context);
        } catch (Unauthorized e) {
            throw e;
        } catch (RuntimeException e) {
            log.failure(
                    "authorizer failed",
                    e,
                    new JsonObjectBuilder()
                            .put("decision", "error")
                            .put("awsRequestId", context.getAwsRequestId())
                            .build());
            throw e;
        }
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject answer(AuthorizationRequest request, Context context) {
        Outcome outcome = authorizer.decide(request);
        Decision decision = outcome.decision();
        Optional<String> resource = scope.resource(request.arn());
        if (decision instanceof Decision.Allow allow && resource.isEmpty()) {
            decision = new Decision.Deny(allow.principalId(), Reason.UNSAFE_PATH);
        }
        record(decision, outcome, request, context);
        if (decision instanceof Decision.Allow allow) {
            return PolicyResponse.allow(allow, resource.orElseThrow());
        }
        if (decision instanceof Decision.Deny deny) {
            return PolicyResponse.deny(
                    deny, PolicyScope.STAGE.resource(request.arn()).orElseThrow());
        }
        throw new Unauthorized();
    }

    private void record(Decision decision, Outcome outcome, AuthorizationRequest request, Context context) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        LogLevel level = LogLevel.INFO;
        if (decision instanceof Decision.Allow) {
            level = LogLevel.DEBUG;
            line.put("decision", "allow");
        } else if (decision instanceof Decision.Deny deny) {
            line.put("decision", "deny").put("reason", deny.reason().code());
        } else if (decision instanceof Decision.Unauthenticated unauthenticated) {
            line.put("decision", "unauthenticated")
                    .put("reason", unauthenticated.reason().code());
        }
        Optional.ofNullable(outcome.kid()).ifPresent(kid -> line.put("kid", JsonLog.clipped(kid)));
        Optional.ofNullable(outcome.keyId()).ifPresent(keyId -> line.put("keyId", JsonLog.clipped(keyId)));
        request.gatewayRequestId().ifPresent(id -> line.put("requestId", JsonLog.clipped(id)));
        line.put("awsRequestId", context.getAwsRequestId());
        log.write(level, decision instanceof Decision.Allow ? "key accepted" : "key refused", line.build());
    }
}

package dev.latchkey.cli;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Functions by AWS Lambda's Invoke with the end of the log (AWS Lambda API reference, Invoke, {@code LogType}). */
final class InvokedFunctions implements Functions {

    private static final JsonLimits ANSWER = new JsonLimits(6 * 1024 * 1024, 32);

    private final @Nullable URI endpoint;
    private final Map<String, String> environment;
    private final Map<String, LambdaClient> clients = new HashMap<>();

    /** Calls AWS, or {@code scripts/local} where an address is given. */
    InvokedFunctions(@Nullable URI endpoint, Map<String, String> environment) {
        this.endpoint = endpoint;
        this.environment = environment;
    }

    @Override
    public Invocation invoke(String function, JsonObject event) {
        try {
            LambdaClient client =
                    clients.computeIfAbsent(function, name -> InvokedIssueKey.client(name, endpoint, environment));
            InvokeResponse response = client.invoke(invoke -> invoke.functionName(function)
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String(event.toString())));
            String log = response.logResult() == null ? "" : response.logResult();
            return new Invocation(
                    answer(response.payload().asByteArray()),
                    response.functionError() != null,
                    new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8));
        } catch (SdkException e) {
            throw NotCalled.because(e, function, endpoint);
        }
    }

    private static JsonObject answer(byte[] payload) {
        try {
            return JsonReader.readObject(payload, ANSWER);
        } catch (JsonSyntaxException e) {
            return new JsonObjectBuilder()
                    .put("errorMessage", "it answers with no JSON object")
                    .build();
        }
    }
}

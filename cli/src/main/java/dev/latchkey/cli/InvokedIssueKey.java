package dev.latchkey.cli;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** issue-key by AWS Lambda's Invoke (AWS Lambda API reference). */
final class InvokedIssueKey implements IssueKey {

    private static final JsonLimits ANSWER = new JsonLimits(6 * 1024 * 1024, 16);

    /** {@code arn:aws:lambda:REGION:...}: the region is the fourth part. */
    private static final int REGION_OF_ARN = 3;

    private final String function;
    private final LambdaClient lambda;

    /**
     * Prepares calls of the function; calls nothing yet. Its client serves the command to its end.
     *
     * @param function name or ARN; an ARN tells the region, too
     * @param endpoint Lambda's address where it is that of {@code scripts/local}; null for AWS
     * @throws FailedCallException if the region is not known
     */
    InvokedIssueKey(String function, @Nullable URI endpoint) {
        this.function = function;
        this.lambda = client(function, endpoint);
    }

    @Override
    public JsonObject ask(JsonObject request) {
        try {
            InvokeResponse response = lambda.invoke(
                    invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String(request.toString())));
            JsonObject answer = JsonReader.readObject(response.payload().asByteArray(), ANSWER);
            if (response.functionError() != null) {
                throw new FailedCallException(answer.string("errorMessage").orElse("the function failed; see its log"));
            }
            if (answer.has("error")) {
                throw new FailedCallException(
                        answer.object("error").string("message").orElse(answer.toString()));
            }
            return answer;
        } catch (SdkException e) {
            throw notCalled(function, e);
        } catch (JsonSyntaxException e) {
            throw new FailedCallException(function + " does not answer as issue-key does. Is it the right function?");
        }
    }

    private static LambdaClient client(String function, @Nullable URI endpoint) {
        LambdaClientBuilder builder = LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        String[] parts = function.split(":", -1);
        if (function.startsWith("arn:") && parts.length > REGION_OF_ARN) {
            builder.region(Region.of(parts[REGION_OF_ARN]));
        } else if (endpoint != null) {
            builder.region(Region.US_EAST_1);
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint).credentialsProvider(AnonymousCredentialsProvider.create());
        }
        try {
            return builder.build();
        } catch (SdkException e) {
            throw notCalled(function, e);
        }
    }

    private static FailedCallException notCalled(String function, SdkException failure) {
        return new FailedCallException(function + " was not called: " + failure.getMessage());
    }
}

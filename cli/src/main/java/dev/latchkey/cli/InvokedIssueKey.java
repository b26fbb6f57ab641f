package dev.latchkey.cli;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
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

    private static final String REGION = "AWS_REGION";
    private static final String FURTHER_REGION = "AWS_DEFAULT_REGION";

    /** No function of the template may take longer. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(35);

    private final String function;
    private final @Nullable URI endpoint;
    private final LambdaClient lambda;

    /**
     * Prepares calls of the function; calls nothing yet. Its client serves the command to its end.
     *
     * @param function name or ARN; an ARN tells the region, too
     * @param endpoint Lambda's address where it is that of {@code scripts/local}; null for AWS
     * @param environment where a region may stand under the AWS CLI's further name for it
     * @throws FailedCallException if the region is not known
     */
    InvokedIssueKey(String function, @Nullable URI endpoint, Map<String, String> environment) {
        this.function = function;
        this.endpoint = endpoint;
        try {
            this.lambda = client(function, endpoint, environment);
        } catch (SdkException e) {
            throw NotCalled.because(e, function, endpoint);
        }
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
            throw NotCalled.because(e, function, endpoint);
        } catch (JsonSyntaxException e) {
            throw new FailedCallException(function + " does not answer as issue-key does. Is it the right function?");
        }
    }

    static LambdaClient client(String function, @Nullable URI endpoint, Map<String, String> environment) {
        LambdaClientBuilder builder = LambdaClient.builder();
        String[] parts = function.split(":", -1);
        if (function.startsWith("arn:") && parts.length > REGION_OF_ARN) {
            builder.region(Region.of(parts[REGION_OF_ARN]));
        } else if (endpoint != null) {
            builder.region(Region.US_EAST_1);
        } else if (!environment.containsKey(REGION) && environment.containsKey(FURTHER_REGION)) {
            builder.region(Region.of(environment.get(FURTHER_REGION)));
        }
        if (endpoint == null) {
            return builder.httpClientBuilder(UrlConnectionHttpClient.builder()).build();
        }
        return builder.endpointOverride(endpoint)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(LONGEST_CALL))
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}

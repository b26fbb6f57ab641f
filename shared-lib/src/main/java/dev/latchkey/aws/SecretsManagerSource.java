package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import dev.latchkey.jwt.KeysUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Secrets in AWS Secrets Manager, of which only the current version is read (AWS API reference, GetSecretValue).
 *
 * <p>The client is made at the first reading. One reading ends within 3 seconds, with at most two retries in that
 * time; the first one also makes the client. Region, credentials and endpoint come from the usual AWS variables.
 */
public final class SecretsManagerSource implements SecretSource {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ATTEMPT = Duration.ofMillis(1500);
    private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private @Nullable SecretsManagerClient client;

    @Override
    public String read(String secretId) {
        GetSecretValueResponse secret;
        try {
            secret = client().getSecretValue(get -> get.secretId(secretId).versionStage("AWSCURRENT"));
        } catch (AwsServiceException e) {
            throw unavailable(
                    secretId,
                    e.awsErrorDetails() == null
                            ? "status " + e.statusCode()
                            : e.awsErrorDetails().errorCode());
        } catch (SdkException e) {
            throw unavailable(secretId, kinds(e));
        }
        if (secret.secretString() == null) {
            throw new KeysUnavailableException("the secret " + secretId + " is binary; it must be text", null);
        }
        return secret.secretString();
    }

    private static KeysUnavailableException unavailable(String secretId, String got) {
        return new KeysUnavailableException(
                "the secret " + secretId + " cannot be read from Secrets Manager, got " + got, null);
    }

    /** The kinds of an exception and its causes. Their messages may quote the answer, and so the secret. */
    private static String kinds(Throwable exception) {
        StringBuilder kinds = new StringBuilder(exception.getClass().getSimpleName());
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            kinds.append(" by ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }

    /** The SDK's standard retries, with pauses after throttling that fit into the time. */
    private static RetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LAST_PAUSE))
                .build();
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient ready = client;
        if (ready == null) {
            ready = SecretsManagerClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT)
                            .socketTimeout(ATTEMPT))
                    .overrideConfiguration(limits -> limits.apiCallTimeout(ALL_ATTEMPTS)
                            .apiCallAttemptTimeout(ATTEMPT)
                            .retryStrategy(retries()))
                    .build();
            client = ready;
        }
        return ready;
    }
}

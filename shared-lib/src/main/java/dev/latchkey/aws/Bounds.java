package dev.latchkey.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * What all calls of AWS have in common: they end within 3 seconds, with at most two retries in that time, and their
 * failures tell nothing of what was read or written.
 */
final class Bounds {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ATTEMPT = Duration.ofMillis(1500);
    private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private Bounds() {}

    /** The HTTP client of a service's client: the JDK's own, which loads fastest. */
    static SdkHttpClient.Builder<?> httpClient() {
        return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT);
    }

    /** Sets the time limits of a service's client. */
    static void limit(ClientOverrideConfiguration.Builder client) {
        limit(client, retries());
    }

    /** Sets the time limits of a service's client that asks once, because its caller comes again by itself. */
    static void limitToOneAttempt(ClientOverrideConfiguration.Builder client) {
        limit(client, AwsRetryStrategy.doNotRetry());
    }

    private static void limit(ClientOverrideConfiguration.Builder client, RetryStrategy strategy) {
        client.apiCallTimeout(ALL_ATTEMPTS).apiCallAttemptTimeout(ATTEMPT).retryStrategy(strategy);
    }

    /** The SDK's standard retries, with pauses after throttling that fit into the time. */
    private static RetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LAST_PAUSE))
                .build();
    }

    /** What came instead of an answer: the error code, or the kinds of the exceptions, whose messages may quote data. */
    static String reason(SdkException failure) {
        if (failure instanceof AwsServiceException refusal) {
            return refusal.awsErrorDetails() == null
                    ? "status " + refusal.statusCode()
                    : refusal.awsErrorDetails().errorCode();
        }
        StringBuilder kinds = new StringBuilder(failure.getClass().getSimpleName());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            kinds.append(" by ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }
}

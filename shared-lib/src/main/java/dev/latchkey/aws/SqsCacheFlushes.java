package dev.latchkey.aws;

import dev.latchkey.provisioning.CacheFlushes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Asks for flushes by messages to an SQS queue, {@code {"notBefore": <milliseconds since the epoch>}} each, which the queue
 * holds back until then (Amazon SQS API reference, SendMessage, DelaySeconds).
 *
 * <p>The client is made at the first message. One message takes a second at most.
 */
public final class SqsCacheFlushes implements CacheFlushes {

    private static final Duration IN_ALL = Duration.ofSeconds(1);
    private static final int LONGEST_DELAY = 900;

    private final String queueUrl;
    private @Nullable SqsClient client;

    /** Sends to that queue. */
    public SqsCacheFlushes(String queueUrl) {
        this.queueUrl = queueUrl;
    }

    @Override
    public void ask(Instant notBefore) {
        Duration ahead = Duration.between(Clock.systemUTC().instant(), notBefore);
        long seconds = Math.max(0, ahead.plusMillis(999).toSeconds());
        try {
            client().sendMessage(send -> send.queueUrl(queueUrl)
                    .messageBody("{\"notBefore\":" + notBefore.toEpochMilli() + "}")
                    .delaySeconds((int) Math.min(LONGEST_DELAY, seconds)));
        } catch (SdkException e) {
            throw new IllegalStateException("the queue " + queueUrl + " takes no message, got " + Bounds.reason(e));
        }
    }

    private synchronized SqsClient client() {
        SqsClient ready = client;
        if (ready == null) {
            ready = SqsClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(
                            limits -> limits.apiCallTimeout(IN_ALL).apiCallAttemptTimeout(IN_ALL))
                    .build();
            client = ready;
        }
        return ready;
    }
}

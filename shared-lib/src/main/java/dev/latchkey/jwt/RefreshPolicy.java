package dev.latchkey.jwt;

import java.time.Duration;

/**
 * When keys are asked for anew.
 *
 * @param timeToLive how long keys are used before they are asked for again
 * @param pause the least time between two requests, after a failure as after a miss
 * @param staleFor how long the last good keys are used on after their time, when requests fail
 */
public record RefreshPolicy(Duration timeToLive, Duration pause, Duration staleFor) {

    /** The policy for verifying with secrets: 5 minutes, a request in 10 seconds at most, an hour of outage bridged. */
    public static final RefreshPolicy FOR_SECRETS =
            new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(1));

    /** The policy for signing with secrets: a minute, and five of outage bridged, since a replaced key makes dead tokens. */
    public static final RefreshPolicy FOR_SIGNING =
            new RefreshPolicy(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(5));

    /** Checks that no duration is negative. */
    public RefreshPolicy {
        if (timeToLive.isNegative() || pause.isNegative() || staleFor.isNegative()) {
            throw new IllegalArgumentException("a refresh policy needs durations of zero or more");
        }
    }
}

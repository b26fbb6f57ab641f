package dev.latchkey.keys;

import java.time.Duration;

/**
 * When keys are asked for anew.
 *
 * @param timeToLive how long keys are used, as long as they can be had anew
 * @param pause the least time from a request to one that a miss causes, save the first few that are new
 * @param staleFor how long the last good keys are used on after their time, when requests fail
 */
public record RefreshPolicy(Duration timeToLive, Duration pause, Duration staleFor) {

    /** The policy for verifying with secrets: 5 minutes, a request in 10 seconds at most, an hour of outage bridged. */
    public static final RefreshPolicy FOR_SECRETS =
            new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(1));

    /** The policy for signing with secrets: a minute, and five of outage bridged, since a replaced key makes dead tokens. */
    public static final RefreshPolicy FOR_SIGNING =
            new RefreshPolicy(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(5));

    /** The policy for remote key sets: 10 minutes, a miss asks at most once in 30 seconds, an hour of outage bridged. */
    public static final RefreshPolicy FOR_REMOTE_KEYS =
            new RefreshPolicy(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(1));

    private static final long LONGEST_BACK_OFF = 30;

    /** Checks that no duration is negative. */
    public RefreshPolicy {
        if (timeToLive.isNegative() || pause.isNegative() || staleFor.isNegative()) {
            throw new IllegalArgumentException("a refresh policy needs durations of zero or more");
        }
    }

    /** The age from which keys are asked for again: four fifths of their time, so that under load none is older. */
    Duration refreshAfter() {
        return timeToLive.multipliedBy(4).dividedBy(5);
    }

    /** The least time from a failed request to the next: 1 second, doubled by each failure in a row, up to 30. */
    static Duration backOff(int failuresInARow) {
        return Duration.ofSeconds(
                failuresInARow > 5 ? LONGEST_BACK_OFF : Math.min(LONGEST_BACK_OFF, 1L << (failuresInARow - 1)));
    }
}

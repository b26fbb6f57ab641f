package dev.latchkey.authorizer;

import dev.latchkey.config.VerificationSettings;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.status.StatusCheck;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The statuses of keys, whose check is made when the first key needs it. Thread-safe. */
final class Statuses {

    private final VerificationSettings settings;
    private final Clock clock;
    private final DecisionLog log;
    private volatile @Nullable StatusCheck check;

    Statuses(VerificationSettings settings, Clock clock, DecisionLog log) {
        this.settings = settings;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Why a key is refused; null where it is good.
     *
     * @throws dev.latchkey.status.StatusUnavailableException if that cannot be told
     */
    @Nullable
    Reason problem(VerifiedToken token) {
        if (settings.isWithoutStatus(token)) {
            return null;
        }
        StatusCheck ready = check;
        return (ready == null ? made() : ready).problem(token);
    }

    private synchronized StatusCheck made() {
        StatusCheck ready = check;
        if (ready == null) {
            ready = settings.statusCheck(clock, log::listFetched);
            check = ready;
        }
        return ready;
    }
}

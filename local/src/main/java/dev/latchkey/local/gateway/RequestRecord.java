package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.Payload;
import java.time.Duration;
import java.time.Instant;

/**
 * One served request, for the log.
 *
 * @param id API Gateway's request id, which the answer's header tells, too
 * @param path the path without query string, as that may hold a key
 * @param access what was decided about the caller
 * @param cached whether the decision rests on a kept answer of the authorizer
 * @param detail the principal when the caller may pass, else the reason; may be empty
 * @param evidence what the decision rests on
 */
public record RequestRecord(
        String id,
        Instant time,
        String method,
        String path,
        int status,
        Access access,
        boolean cached,
        String detail,
        Evidence evidence,
        Duration took) {

    /** The same with the reason and the record of it that the authorizer logged. */
    RequestRecord because(String reason, Payload log) {
        return new RequestRecord(id, time, method, path, status, access, cached, reason, evidence.with(log), took);
    }

    /** What was decided about a caller. */
    public enum Access {
        /** The route needs no authorization, or does not exist. */
        OPEN,
        /** The caller may pass. */
        ALLOW,
        /** The caller is known and may not pass. */
        DENY,
        /** The caller is not known. */
        UNAUTHENTICATED,
        /** The authorizer did not do its job. */
        FAILED
    }
}

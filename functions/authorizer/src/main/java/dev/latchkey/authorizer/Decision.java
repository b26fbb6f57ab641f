package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;
import java.util.Map;

/** What the authorizer found. */
sealed interface Decision {

    /**
     * The caller may go on.
     *
     * @param principalId the company id, which Moesif's access-log format reads
     * @param context what the API and its logs are told, flat texts by name
     */
    record Allow(String principalId, Map<String, String> context) implements Decision {}

    /** The key is good but does not permit this: 403. */
    record Deny(String principalId, Reason reason) implements Decision {}

    /** There is no good key: 401. */
    record Unauthenticated(Reason reason) implements Decision {}
}

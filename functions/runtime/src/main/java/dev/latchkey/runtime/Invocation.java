package dev.latchkey.runtime;

import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An event to answer (Lambda, Using the Lambda runtime API: Next invocation).
 *
 * @param requestId the id of the invocation
 * @param functionArn the function, version or alias that was invoked; empty where the API does not tell
 * @param deadlineMs when the function times out, in milliseconds since 1970
 * @param traceId the tracing header of AWS X-Ray
 * @param tenantId the tenant, where the function has tenants
 * @param event the event's bytes
 */
record Invocation(
        String requestId,
        String functionArn,
        long deadlineMs,
        @Nullable String traceId,
        @Nullable String tenantId,
        ByteArrayInputStream event) {}

package dev.latchkey.local;

import dev.latchkey.local.LoopbackServer.Response;
import dev.latchkey.local.RequestRecord.Access;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a caller gets to the integration.
 *
 * @param cached whether that rests on a kept answer of the authorizer
 * @param invocation request id of the authorizer's invocation; empty when it was not asked
 * @param detail the principal when the caller gets through, else why not
 * @param authorizer what integrations see of the authorizer's answer
 * @param accessKey access key id of a signed request; else empty
 * @param stop the response that stops the caller; empty when they get through
 */
record Gate(
        Access access,
        boolean cached,
        String invocation,
        String detail,
        Map<String, String> authorizer,
        String accessKey,
        Optional<Response> stop) {

    static Gate open() {
        return new Gate(Access.OPEN, false, "", "", Map.of(), "", Optional.empty());
    }

    static Gate signed(String accessKey) {
        return new Gate(Access.ALLOW, false, "", "IAM", Map.of(), accessKey, Optional.empty());
    }

    static Gate stop(Access access, String detail, GatewayResponse response) {
        return stop(access, "", detail, response);
    }

    static Gate of(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            AuthorizerOutput output = allowed.output();
            boolean cached = allowed.invocation().isEmpty();
            return new Gate(
                    Access.ALLOW, cached, "", output.principalId(), output.integrationContext(), "", Optional.empty());
        }
        if (verdict instanceof Verdict.Denied denied) {
            String why = denied.explicit() ? "explicit deny" : "the policy does not cover this method";
            GatewayResponse response =
                    denied.explicit() ? GatewayResponse.EXPLICIT_DENY : GatewayResponse.ACCESS_DENIED;
            boolean cached = denied.invocation().isEmpty();
            return new Gate(
                    Access.DENY, cached, denied.invocation(), why, Map.of(), "", Optional.of(response.toResponse()));
        }
        if (verdict instanceof Verdict.Unauthenticated unknown) {
            return stop(Access.UNAUTHENTICATED, unknown.invocation(), unknown.why(), GatewayResponse.UNAUTHORIZED);
        }
        Verdict.Failed failed = (Verdict.Failed) verdict;
        return stop(Access.FAILED, "", failed.why(), GatewayResponse.AUTHORIZER_FAILURE);
    }

    private static Gate stop(Access access, String invocation, String detail, GatewayResponse response) {
        return new Gate(access, false, invocation, detail, Map.of(), "", Optional.of(response.toResponse()));
    }
}

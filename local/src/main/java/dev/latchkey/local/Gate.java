package dev.latchkey.local;

import dev.latchkey.local.RequestRecord.Access;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a caller gets to the integration.
 *
 * @param cached whether that rests on a kept answer of the authorizer
 * @param invocation request id of the authorizer's invocation; empty when it was not asked
 * @param detail the principal when the caller gets through, else why not
 * @param authorizer the authorizer's answer; empty when the caller did not get through by one
 * @param accessKey access key id of a signed request; else empty
 * @param stop the response that stops the caller; empty when they get through
 */
record Gate(
        Access access,
        boolean cached,
        String invocation,
        String detail,
        Optional<AuthorizerOutput> authorizer,
        String accessKey,
        Optional<GatewayResponse> stop) {

    static Gate open() {
        return new Gate(Access.OPEN, false, "", "", Optional.empty(), "", Optional.empty());
    }

    static Gate signed(String accessKey) {
        return new Gate(Access.ALLOW, false, "", "IAM", Optional.empty(), accessKey, Optional.empty());
    }

    static Gate stop(Access access, String detail, GatewayResponse response) {
        return stop(access, false, "", detail, response);
    }

    static Gate of(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            AuthorizerOutput output = allowed.output();
            boolean cached = allowed.invocation().isEmpty();
            return new Gate(Access.ALLOW, cached, "", output.principalId(), Optional.of(output), "", Optional.empty());
        }
        if (verdict instanceof Verdict.Denied denied) {
            String why = why(denied);
            GatewayResponse response =
                    denied.explicit() ? GatewayResponse.EXPLICIT_DENY : GatewayResponse.ACCESS_DENIED;
            return stop(Access.DENY, denied.invocation().isEmpty(), denied.invocation(), why, response);
        }
        if (verdict instanceof Verdict.Unauthenticated unknown) {
            return stop(
                    Access.UNAUTHENTICATED, false, unknown.invocation(), unknown.why(), GatewayResponse.UNAUTHORIZED);
        }
        Verdict.Failed failed = (Verdict.Failed) verdict;
        return stop(Access.FAILED, false, "", failed.why(), GatewayResponse.AUTHORIZER_FAILURE);
    }

    /** What integrations of REST APIs see of the authorizer's answer; empty when there is none. */
    Map<String, String> integrationContext() {
        return authorizer.map(AuthorizerOutput::integrationContext).orElse(Map.of());
    }

    private static String why(Verdict.Denied denied) {
        if (denied.output().ruling() instanceof AuthorizerOutput.Ruling.Simple) {
            return "isAuthorized is false";
        }
        return denied.explicit() ? "explicit deny" : "the policy does not cover this method";
    }

    private static Gate stop(
            Access access, boolean cached, String invocation, String detail, GatewayResponse response) {
        return new Gate(access, cached, invocation, detail, Optional.empty(), "", Optional.of(response));
    }
}

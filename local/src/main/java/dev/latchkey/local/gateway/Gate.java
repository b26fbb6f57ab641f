package dev.latchkey.local.gateway;

import dev.latchkey.local.gateway.RequestRecord.Access;
import dev.latchkey.local.machine.SignatureCheck.Refusal;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a caller gets to the integration.
 *
 * @param cached whether that rests on a kept answer of the authorizer
 * @param evidence what the decision rests on
 * @param detail the principal when the caller gets through, else why not
 * @param authorizer the authorizer's answer; empty when the caller did not get through by one
 * @param accessKey access key id of a signed request; else empty
 * @param challenge what the caller is told in {@code www-authenticate} (RFC 6750 section 3); empty for nothing
 * @param stop the response that stops the caller; empty when they get through
 * @param refusal what is wrong with a signature, in the place of the response's own words; empty where nothing is
 */
record Gate(
        Access access,
        boolean cached,
        Evidence evidence,
        String detail,
        Optional<AuthorizerOutput> authorizer,
        String accessKey,
        String challenge,
        Optional<GatewayResponse> stop,
        Optional<Refusal> refusal) {

    /** One without a word on a signature. */
    Gate(
            Access access,
            boolean cached,
            Evidence evidence,
            String detail,
            Optional<AuthorizerOutput> authorizer,
            String accessKey,
            String challenge,
            Optional<GatewayResponse> stop) {
        this(access, cached, evidence, detail, authorizer, accessKey, challenge, stop, Optional.empty());
    }

    static Gate open() {
        return new Gate(Access.OPEN, false, Evidence.NONE, "", Optional.empty(), "", "", Optional.empty());
    }

    static Gate signed(String accessKey) {
        return new Gate(Access.ALLOW, false, Evidence.NONE, "IAM", Optional.empty(), accessKey, "", Optional.empty());
    }

    static Gate badlySigned(Refusal refusal) {
        return new Gate(
                Access.UNAUTHENTICATED,
                false,
                Evidence.NONE,
                refusal.message().lines().findFirst().orElse(""),
                Optional.empty(),
                "",
                "",
                Optional.of(GatewayResponse.MISSING_AUTHENTICATION_TOKEN),
                Optional.of(refusal));
    }

    static Gate stop(Access access, String detail, GatewayResponse response) {
        return stop(access, false, Evidence.NONE, detail, response);
    }

    static Gate of(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            AuthorizerOutput output = allowed.output();
            return new Gate(
                    Access.ALLOW,
                    allowed.cached(),
                    Evidence.of(allowed.invocation(), output.answer()),
                    output.principalId(),
                    Optional.of(output),
                    "",
                    "",
                    Optional.empty());
        }
        if (verdict instanceof Verdict.Denied denied) {
            Evidence evidence = Evidence.of(denied.invocation(), denied.output().answer());
            GatewayResponse response =
                    denied.explicit() ? GatewayResponse.EXPLICIT_DENY : GatewayResponse.ACCESS_DENIED;
            return stop(Access.DENY, denied.cached(), evidence, why(denied), response);
        }
        if (verdict instanceof Verdict.Unauthenticated unknown) {
            return stop(
                    Access.UNAUTHENTICATED,
                    false,
                    Evidence.of(unknown.invocation()),
                    unknown.why(),
                    GatewayResponse.UNAUTHORIZED);
        }
        if (verdict instanceof Verdict.Challenged challenged) {
            return new Gate(
                    Access.UNAUTHENTICATED,
                    false,
                    Evidence.NONE,
                    challenged.why(),
                    Optional.empty(),
                    "",
                    "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + challenged.why() + "\"",
                    Optional.of(GatewayResponse.UNAUTHORIZED));
        }
        Verdict.Failed failed = (Verdict.Failed) verdict;
        return stop(
                Access.FAILED,
                false,
                Evidence.of(failed.invocation()),
                failed.why(),
                GatewayResponse.AUTHORIZER_FAILURE);
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
            Access access, boolean cached, Evidence evidence, String detail, GatewayResponse response) {
        return new Gate(access, cached, evidence, detail, Optional.empty(), "", "", Optional.of(response));
    }
}

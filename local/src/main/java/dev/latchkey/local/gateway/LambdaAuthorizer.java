package dev.latchkey.local.gateway;

import dev.latchkey.local.gateway.AuthorizerCache.Answered;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks a Lambda authorizer about requests, as API Gateway does (API Gateway, Use API Gateway Lambda authorizers; Working
 * with AWS Lambda authorizers for HTTP APIs):
 * without the identity the function is not called; its answer is kept for the time to live; a function error with the
 * message {@code Unauthorized} means that the caller is not authenticated, and is not kept.
 */
final class LambdaAuthorizer implements Authorizer {
    private static final String UNAUTHORIZED = "Unauthorized";

    private final AuthorizerDefinition.Lambda authorizer;
    private final Invoker function;
    private final Api api;
    private final AuthorizerCache cache;

    LambdaAuthorizer(AuthorizerDefinition.Lambda authorizer, Invoker function, Api api, Clock clock) {
        this.authorizer = authorizer;
        this.function = function;
        this.api = api;
        this.cache = new AuthorizerCache(authorizer.ttl(), clock);
    }

    @Override
    public Verdict authorize(ApiRequest request, RouteTable.Match match) {
        Optional<List<String>> identity = identity(request);
        if (identity.isEmpty()) {
            return new Verdict.Unauthenticated("", "no identity");
        }
        if (authorizer instanceof AuthorizerDefinition.Token token
                && !token.validation().matcher(identity.get().get(0)).matches()) {
            return new Verdict.Unauthenticated("", "does not match the validation expression");
        }
        String methodArn = LocalAccount.methodArn(api.apiId(), api.stage(), request.method(), request.path());
        Optional<Answered> kept = cache.get(identity.get());
        if (kept.isPresent()) {
            return weigh(kept.get(), true, methodArn);
        }
        return ask(request, match, identity.get(), methodArn);
    }

    private Verdict ask(ApiRequest request, RouteTable.Match match, List<String> identity, String methodArn) {
        byte[] event = event(request, match, identity, methodArn);
        String invocation = UUID.randomUUID().toString();
        InvocationResult result = function.invoke(invocation, event);
        if (result instanceof InvocationResult.Success success) {
            try {
                Answered answered = new Answered(invocation, output(success.payload()));
                cache.put(identity, answered);
                return weigh(answered, false, methodArn);
            } catch (IllegalArgumentException malformed) {
                return new Verdict.Failed(
                        invocation, "the authorizer's answer is not valid: " + malformed.getMessage());
            }
        }
        if (result instanceof InvocationResult.FunctionError error) {
            return error.errorMessage().equals(UNAUTHORIZED)
                    ? new Verdict.Unauthenticated(invocation, UNAUTHORIZED)
                    : new Verdict.Failed(
                            invocation,
                            "the authorizer failed with " + error.errorType() + ": " + error.errorMessage());
        }
        if (result instanceof InvocationResult.Timeout timeout) {
            return new Verdict.Failed(
                    invocation,
                    "the authorizer did not answer within " + timeout.limit().toSeconds() + " s");
        }
        String why = result instanceof InvocationResult.Crash crash ? crash.message() : "";
        return new Verdict.Failed(invocation, "the authorizer's process ended: " + why);
    }

    private byte[] event(ApiRequest request, RouteTable.Match match, List<String> identity, String methodArn) {
        if (authorizer instanceof AuthorizerDefinition.Token) {
            return AuthorizerEvents.token(identity.get(0), methodArn);
        }
        return authorizer instanceof AuthorizerDefinition.Http
                ? HttpEvents.authorizer(request, match, api, identity, methodArn)
                : AuthorizerEvents.request(request, match, api, methodArn);
    }

    /** Forgets the answers that it keeps. */
    @Override
    public void forget() {
        cache.clear();
    }

    private AuthorizerOutput output(Payload answer) {
        return authorizer instanceof AuthorizerDefinition.Http http
                ? AuthorizerOutput.parseHttp(answer, http.simpleResponses())
                : AuthorizerOutput.parse(answer);
    }

    private static Verdict weigh(Answered answered, boolean cached, String methodArn) {
        PolicyDecision decision = answered.output().ruling().on(methodArn);
        return decision == PolicyDecision.ALLOW
                ? new Verdict.Allowed(answered.invocation(), answered.output(), cached)
                : new Verdict.Denied(
                        answered.invocation(), answered.output(), cached, decision == PolicyDecision.DENY_EXPLICIT);
    }

    /** The values of all identity sources; empty when one is missing or empty. */
    private Optional<List<String>> identity(ApiRequest request) {
        List<Optional<String>> sources = new ArrayList<>();
        if (authorizer instanceof AuthorizerDefinition.Token token) {
            sources.add(request.header(token.header()));
        } else if (authorizer instanceof AuthorizerDefinition.Request other) {
            for (IdentitySource source : other.identitySources()) {
                sources.add(
                        source.kind() == IdentitySource.Kind.HEADER
                                ? request.header(source.name())
                                : request.queryParameter(source.name()));
            }
        } else if (authorizer instanceof AuthorizerDefinition.Http http) {
            for (IdentitySource source : http.identitySources()) {
                var values = source.kind() == IdentitySource.Kind.HEADER ? request.headers() : request.query();
                sources.add(Optional.ofNullable(values.get(source.name())).map(all -> String.join(",", all)));
            }
        }
        List<String> values = new ArrayList<>();
        for (Optional<String> source : sources) {
            if (source.isEmpty() || source.get().isEmpty()) {
                return Optional.empty();
            }
            values.add(source.get());
        }
        return Optional.of(values);
    }
}

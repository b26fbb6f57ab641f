package dev.latchkey.cli.deployment;

import dev.latchkey.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the APIs that ask the authorizer: whether they may, how long they keep its answers, and by what. */
final class ApiChecks {

    private final Account account;
    private final @Nullable Stack stack;
    private final Findings findings;

    ApiChecks(Account account, @Nullable Stack stack, Findings findings) {
        this.account = account;
        this.stack = stack;
        this.findings = findings;
    }

    /**
     * Looks at the APIs of the stack and at all others that the authorizer's policy names.
     *
     * @param issueKey the function that waits for API Gateway's caches; null where it cannot be read
     */
    void of(DeployedFunction authorizer, @Nullable DeployedFunction issueKey) {
        String check = "the authorizer: permission";
        Reading<String> read = account.functionPolicy(authorizer.name());
        Optional<InvokePolicy> policy = read instanceof Reading.Missing
                ? Optional.of(new InvokePolicy(List.of()))
                : findings.read(check, read, "").map(InvokePolicy::read);
        Set<String> own = resources("Api", "HttpApi");
        Set<String> apis = new LinkedHashSet<>(own);
        policy.ifPresent(one -> apis.addAll(one.apis()));
        if (apis.isEmpty()) {
            findings.expect(
                    policy.isEmpty(),
                    check,
                    policy.isEmpty() ? "its APIs are not known" : "API Gateway may not invoke it for any API",
                    "API Gateway may invoke it",
                    mayInvoke(authorizer));
        }
        for (String api : apis) {
            List<ApiAuthorizer> asking = asking(api, authorizer, own.contains(api));
            for (ApiAuthorizer one : asking) {
                look(api, one, authorizer, own.contains(api));
                policy.ifPresent(known -> permitted(api, one, known, authorizer));
                if (issueKey != null) {
                    waits(api, one, issueKey);
                }
            }
        }
    }

    private List<ApiAuthorizer> asking(String api, DeployedFunction authorizer, boolean isOwn) {
        String check = "API " + api + ": authorizer";
        Optional<List<ApiAuthorizer>> read = findings.read(check, account.authorizers(api), "deploy the stack again");
        List<ApiAuthorizer> asking = read.orElse(List.of()).stream()
                .filter(one -> one.asks(authorizer.name()))
                .toList();
        if (read.isPresent() && asking.isEmpty() && isOwn) {
            findings.add(Finding.failed(
                    check,
                    "none of it asks " + authorizer.name(),
                    "one does",
                    "deploy the stack again: this API is open, or asks another function"));
        }
        return asking;
    }

    private void look(String api, ApiAuthorizer one, DeployedFunction authorizer, boolean isOwn) {
        String check = "API " + api + ": answers kept";
        boolean isOfMethod = authorizer
                .setting(Settings.POLICY_SCOPE)
                .filter("method"::equals)
                .isPresent();
        Optional<String> expected =
                isOwn && stack != null ? stack.parameter("AuthorizerTtl") : Optional.<String>empty();
        boolean isFit = !(isOfMethod && one.ttl() > 0);
        boolean isExpected = expected.isEmpty() || expected.get().equals(String.valueOf(one.ttl()));
        findings.expect(
                isFit && isExpected,
                check,
                one.ttl() + " s" + (isFit ? "" : ", although POLICY_SCOPE is method"),
                isFit ? expected.map(ttl -> ttl + " s").orElse("any time") : "0 s",
                isFit
                        ? "set AuthorizerTtl and deploy: somebody changed it by hand"
                        : "set POLICY_SCOPE to stage, or AuthorizerTtl to 0: else a caller's second route is 403");
        if (authorizer.setting(Settings.TOKEN_SOURCE).isEmpty()) {
            boolean isHeader =
                    one.identitySources().stream().anyMatch(source -> source.endsWith("request.header.authorization"));
            findings.expect(
                    isHeader,
                    "API " + api + ": identity source",
                    String.join(", ", one.identitySources()),
                    "the header Authorization",
                    "set the identity source of " + one.name()
                            + " to the header Authorization, or JWT_TOKEN_SOURCE to what it names");
        }
        if (one.isHttp()) {
            boolean isSimple = authorizer
                            .setting(Settings.HTTP_API_RESPONSE)
                            .orElse("simple")
                            .equals("simple")
                    && authorizer.setting(Settings.SCOPE_ROUTES).isEmpty();
            findings.expect(
                    isSimple == one.isSimple(),
                    "API " + api + ": form of answers",
                    one.isSimple() ? "it expects simple responses" : "it expects policies",
                    isSimple ? "simple responses" : "policies",
                    "set EnableSimpleResponses of " + one.name() + " to " + isSimple
                            + ", as HTTP_API_RESPONSE of the function has it: else every call is 500");
        }
    }

    private void permitted(String api, ApiAuthorizer one, InvokePolicy policy, DeployedFunction authorizer) {
        boolean isPermitted = one.hasCredentials() || policy.covers(arn(authorizer, api + "/authorizers/any"));
        findings.expect(
                isPermitted,
                "API " + api + ": may ask the authorizer",
                isPermitted ? "it may" : "API Gateway may not invoke " + authorizer.name() + " for it",
                "it may",
                mayInvoke(authorizer));
    }

    private void waits(String api, ApiAuthorizer one, DeployedFunction issueKey) {
        Optional<String> told = issueKey.setting(Settings.AUTHORIZER_TTL);
        if (told.isPresent() && told.get().matches("[0-9]{1,6}")) {
            findings.expect(
                    one.ttl() <= Integer.parseInt(told.get()),
                    "API " + api + ": time until a revocation counts",
                    one.ttl() + " s kept, issue-key reckons with " + told.get() + " s",
                    "no longer than issue-key reckons with",
                    "set PLUGIN_JWT_AUTHORIZER_TTL of issue-key to the longest time that an API keeps answers");
        }
    }

    /** Whether API Gateway may call issue-key, where a stack tells by which API. */
    void of(DeployedFunction issueKey) {
        for (String api : resources("Api")) {
            String check = "API " + api + ": may call issue-key";
            Reading<String> read = account.functionPolicy(issueKey.name());
            Optional<InvokePolicy> policy = read instanceof Reading.Missing
                    ? Optional.of(new InvokePolicy(List.of()))
                    : findings.read(check, read, "").map(InvokePolicy::read);
            policy.ifPresent(known -> {
                List<String> closed = new ArrayList<>();
                for (String route : List.of("POST/create-key", "POST/provision-user", "GET/user", "GET/keys")) {
                    if (!known.covers(arn(issueKey, api + "/" + stage() + "/" + route))) {
                        closed.add(route.replaceFirst("/", " /"));
                    }
                }
                findings.expect(
                        closed.isEmpty(),
                        check,
                        closed.isEmpty() ? "it may" : "API Gateway may not invoke it for " + String.join(", ", closed),
                        "it may",
                        "deploy the stack again, which gives the permission: until then these routes are 500");
            });
        }
    }

    private String stage() {
        return stack == null ? "prod" : stack.parameter("StageName").orElse("prod");
    }

    private Set<String> resources(String... logicalIds) {
        Set<String> found = new LinkedHashSet<>();
        if (stack != null) {
            Stream.of(logicalIds).map(stack::resource).flatMap(Optional::stream).forEach(found::add);
        }
        return found;
    }

    /** Of an API in the account and region of the function. */
    private static String arn(DeployedFunction function, String rest) {
        String[] parts = function.configuration().functionArn().split(":", -1);
        return String.join(":", parts[0], parts[1], "execute-api", parts[3], parts[4], rest);
    }

    private static String mayInvoke(DeployedFunction authorizer) {
        return "deploy the stack again, or for an API of your own: aws lambda add-permission --function-name "
                + authorizer.name()
                + " --statement-id latchkey-API --action lambda:InvokeFunction --principal apigateway.amazonaws.com"
                + " --source-arn 'arn:aws:execute-api:REGION:ACCOUNT:API/authorizers/*'. Until then every call is 500";
    }
}

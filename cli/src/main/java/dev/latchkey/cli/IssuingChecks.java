package dev.latchkey.cli;

import dev.latchkey.cli.Functions.Invocation;
import dev.latchkey.cli.deployment.Finding;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Issues the key that doors are tried with, and ends it. */
final class IssuingChecks {

    private static final String ISSUING = "issue-key issues a key";

    private final Functions functions;
    private final String issueKey;
    private final List<String> scopes;

    IssuingChecks(Functions functions, String issueKey, List<String> scopes) {
        this.functions = functions;
        this.issueKey = issueKey;
        this.scopes = List.copyOf(scopes);
    }

    /** Issues the key; empty where it is not issued, which is then a finding. */
    Optional<Canary> issue(Consumer<Finding> findings) {
        Invocation answered = functions.invoke(
                issueKey, request("createApiKey").put("expiresIn", "5m").build());
        if (error(answered).startsWith("expiresIn is at most")) {
            answered = functions.invoke(issueKey, request("createApiKey").build());
        }
        JsonObject answer = answered.answer();
        if (answered.isFailure()) {
            String why = causes(answered);
            findings.accept(Finding.failed(ISSUING, why, "a key", Remedy.ofFailure(why)));
            return Optional.empty();
        }
        if (!error(answered).isEmpty()) {
            findings.accept(Finding.failed(
                    ISSUING,
                    error(answered),
                    "a key",
                    error(answered).contains("expiresIn")
                            ? "no key is issued here that would not end by itself: let the plugin take expiresIn"
                            : "the message names the field; --scopes sets the scopes"));
            return Optional.empty();
        }
        if (answer.string("apikey").isEmpty()) {
            findings.accept(
                    Finding.failed(ISSUING, "an answer of another kind", "a key", "is " + issueKey + " issue-key?"));
            return Optional.empty();
        }
        Canary canary = Canary.of(answer);
        findings.accept(Finding.ok(
                ISSUING,
                canary.isJwt() ? "a JWT, " + canary.algorithm() + ", " + canary.keyId() : "a key of a plugin's own"));
        return Optional.of(canary);
    }

    private JsonObjectBuilder request(String action) {
        JsonObjectBuilder request =
                new JsonObjectBuilder().put("action", action).put("customerId", Canary.CUSTOMER);
        if (action.equals("createApiKey")) {
            request.put("email", Canary.EMAIL);
            if (!scopes.isEmpty()) {
                request.put("scopes", scopes);
            }
        }
        return request;
    }

    /** Revokes the key; what was found where it is not revoked. */
    Optional<Finding> revoke(String check, Canary canary) {
        if (canary.keyId().isEmpty()) {
            return Optional.of(Finding.skipped(check, "the plugin gives keys no ids; this one ends by its time"));
        }
        Invocation answered = functions.invoke(
                issueKey, request("revokeApiKey").put("keyId", canary.keyId()).build());
        String why = answered.isFailure() ? causes(answered) : error(answered);
        if (why.isEmpty()) {
            return Optional.empty();
        }
        boolean isNotKept = !answered.isFailure()
                && answered.answer().object("error").string("code").orElse("").equals("not_implemented");
        return Optional.of(
                isNotKept
                        ? Finding.skipped(check, "issue-key keeps no records of keys; this one ends by its time")
                        : Finding.failed(check, why, "it can be revoked", Remedy.ofFailure(why)));
    }

    private static String error(Invocation answered) {
        JsonObject answer = answered.answer();
        return answer.has("error") ? answer.object("error").string("message").orElse("an error without words") : "";
    }

    /** Why issue-key failed: by its log where its answer hides it. */
    private static String causes(Invocation answered) {
        return DoorAnswer.record(answered.log(), "\"causes\"")
                .get("causes")
                .map(Object::toString)
                .filter(causes -> answered.failure().startsWith("internal error"))
                .orElseGet(answered::failure);
    }
}

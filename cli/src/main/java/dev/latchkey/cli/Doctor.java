package dev.latchkey.cli;

import dev.latchkey.cli.DoorAnswer.Verdict;
import dev.latchkey.cli.deployment.Finding;
import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Examines a running stack by what it does: a key of the real issue-key function must open the real authorizer's door by each
 * kind of event, what is made of it must not, and once it is revoked neither must it.
 */
final class Doctor {

    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);
    private static final int SECONDS_TO_REVOKE = 15;
    private static final String LET_IN = "let in";
    private static final String REVOKED = "a revoked key is refused";

    private final Functions functions;
    private final String authorizer;
    private final IssuingChecks issuing;
    private final PublishedChecks published;
    private final Clock clock;
    private final Consumer<Duration> sleep;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Prepares an examination.
     *
     * @param issueKey the name of the function that issues keys
     * @param authorizer the name of the function that checks them
     * @param scopes what the key asks for
     */
    Doctor(
            Functions functions,
            Published published,
            String issueKey,
            String authorizer,
            List<String> scopes,
            Clock clock,
            Consumer<Duration> sleep) {
        this.functions = functions;
        this.published = new PublishedChecks(published);
        this.authorizer = authorizer;
        this.issuing = new IssuingChecks(functions, issueKey, scopes);
        this.clock = clock;
        this.sleep = sleep;
    }

    /**
     * Examines once.
     *
     * @return what was found, in the order in which it was looked at
     * @throws FailedCallException if a function was not reached
     */
    List<Finding> examine() {
        Optional<Canary> issued = issuing.issue(findings::add);
        if (issued.isEmpty()) {
            findings.add(Finding.skipped("the doors", "there is no key to try them with"));
            return findings;
        }
        Canary canary = issued.get();
        boolean isOpen = false;
        LastWill ifInterrupted = new LastWill(() -> issuing.revoke(REVOKED, canary));
        try {
            clocks(canary);
            isOpen = doors(canary);
            findings.addAll(published.of(canary));
        } finally {
            revoke(canary, isOpen);
            ifInterrupted.isNotNeeded();
        }
        return findings;
    }

    private void clocks(Canary canary) {
        canary.issuedAt().ifPresent(at -> {
            Duration ahead = Duration.between(clock.instant(), at);
            String found = "issue-key's is " + Math.abs(ahead.toSeconds()) + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's";
            findings.add(
                    ahead.abs().compareTo(CLOCKS_MAY_DIFFER) <= 0
                            ? Finding.ok("the clocks", found)
                            : Finding.failed(
                                    "the clocks",
                                    found,
                                    "5 s at most",
                                    "set this machine's clock by NTP; AWS's are right"));
        });
    }

    /** Tells whether the key opens the first door. */
    private boolean doors(Canary canary) {
        String header = "Bearer " + canary.text();
        DoorAnswer first = ask(DoorEvent.TOKEN.with(header));
        for (DoorEvent event : DoorEvent.values()) {
            DoorAnswer answer = event == DoorEvent.TOKEN ? first : ask(event.with(header));
            String check = "the key at a " + event.title();
            findings.add(
                    answer.verdict() == Verdict.ALLOWED
                            ? Finding.ok(check, LET_IN)
                            : Finding.failed(
                                    check,
                                    answer.inWords(),
                                    LET_IN,
                                    answer.verdict() == Verdict.FAILED
                                                    && answer.reason().isEmpty()
                                            ? Remedy.ofFailure(answer.detail())
                                            : Remedy.of(answer.reason())));
            if (answer.verdict() == Verdict.FAILED) {
                findings.add(Finding.skipped("spoilt keys", "the authorizer does not answer"));
                return false;
            }
        }
        if (first.verdict() == Verdict.ALLOWED) {
            findings.add(reach(first.resource()));
        }
        if (canary.isJwt()) {
            spoilt(canary);
        }
        return first.verdict() == Verdict.ALLOWED;
    }

    private static Finding reach(String resource) {
        boolean isNarrow = resource.contains("/GET/orders") && !resource.contains("*") && !resource.contains(",");
        return isNarrow
                ? Finding.failed(
                        "the policy reaches other routes",
                        "it is for one method and path",
                        "the stage",
                        "set POLICY_SCOPE to stage, or AuthorizerTtl to 0: else a caller's second route is 403")
                : Finding.ok("the policy reaches other routes", "it does");
    }

    private void spoilt(Canary canary) {
        Map<String, String> spoilt = Spoilt.of(canary.text());
        spoilt.forEach((flaw, header) -> refused(flaw, ask(DoorEvent.TOKEN.with(header))));
        refused(
                "two different keys",
                ask(DoorEvent.REQUEST.with(
                        "Bearer " + canary.text(), "Bearer " + spoilt.get("the signature of another key"))));
    }

    private void refused(String flaw, DoorAnswer answer) {
        String check = "refused: " + flaw;
        findings.add(
                switch (answer.verdict()) {
                    case REFUSED -> Finding.ok(check, answer.inWords());
                    case ALLOWED ->
                        Finding.failed(
                                check,
                                LET_IN,
                                "401",
                                "take the API off the internet, and report it as SECURITY.md says");
                    case FAILED -> Finding.failed(check, answer.inWords(), "401", Remedy.ofFailure(answer.detail()));
                });
    }

    private void revoke(Canary canary, boolean isOpen) {
        Optional<Finding> notRevoked = issuing.revoke(REVOKED, canary);
        if (notRevoked.isPresent()) {
            findings.add(notRevoked.get());
        } else if (isOpen) {
            findings.add(refusedSoon(canary));
        }
    }

    private Finding refusedSoon(Canary canary) {
        JsonObject call = DoorEvent.TOKEN.with("Bearer " + canary.text());
        DoorAnswer answer = ask(call);
        int waited = 0;
        while (answer.verdict() != Verdict.REFUSED && waited <= SECONDS_TO_REVOKE) {
            sleep.accept(Duration.ofSeconds(1));
            waited++;
            answer = ask(call);
        }
        return switch (answer.verdict()) {
            case REFUSED -> Finding.ok(REVOKED, "within " + (waited + 1) + " s");
            case FAILED -> Finding.failed(REVOKED, answer.inWords(), "within 10 s", Remedy.ofFailure(answer.detail()));
            case ALLOWED ->
                Finding.failed(
                        REVOKED,
                        "still let in after " + SECONDS_TO_REVOKE + " s",
                        "within 10 s",
                        "set PLUGIN_JWT_STATUS_LIST_BASE of the authorizer to where the lists are published, and of issue-key to the same");
        };
    }

    private DoorAnswer ask(JsonObject event) {
        return DoorAnswer.of(functions.invoke(authorizer, event));
    }
}

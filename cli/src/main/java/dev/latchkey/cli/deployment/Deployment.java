package dev.latchkey.cli.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deployment on AWS, of which whoever asks may read much or little: what cannot be read is said as that, and never counts
 * against it.
 */
public final class Deployment {

    private static final Set<String> GOOD = Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE");

    private final Account account;
    private final @Nullable Stack stack;
    private final String issueKey;
    private final String authorizer;

    /** Two functions, and the stack that they are of; null where they are of none that is known. */
    public Deployment(Account account, @Nullable Stack stack, String issueKey, String authorizer) {
        this.account = account;
        this.stack = stack;
        this.issueKey = issueKey;
        this.authorizer = authorizer;
    }

    /**
     * Reads a stack.
     *
     * @throws UnreadableStackException if it cannot be read, or is none of Latchkey; the message tells the remedy
     */
    public static Stack stack(Account account, String name) {
        Reading<Stack> reading = account.stack(name);
        if (reading instanceof Reading.Unreadable<Stack> unreadable) {
            throw new UnreadableStackException("the stack " + name + " " + unreadable.why()
                    + ". --issue-key and --authorizer examine functions without it");
        }
        Stack stack = reading.found()
                .orElseThrow(() -> new UnreadableStackException(
                        "there is no stack " + name + ". Are credentials and region those of the stack?"));
        if (!stack.outputs().keySet().containsAll(Set.of("IssueKeyFunctionName", "AuthorizerFunctionArn"))) {
            throw new UnreadableStackException("the stack " + name + " has not the outputs of template.yaml");
        }
        return stack;
    }

    /** Examines how it is configured; changes nothing, and calls no function. */
    public List<Finding> examine() {
        Findings findings = new Findings();
        if (stack != null) {
            findings.expect(
                    GOOD.contains(stack.status()),
                    "the stack",
                    stack.status(),
                    "CREATE_COMPLETE or UPDATE_COMPLETE",
                    "the events of the stack tell what failed: sam list resources, or CloudFormation's console");
            if (stack.resources().isEmpty()) {
                findings.add(Finding.skipped(
                        "the stack's APIs", "cannot be read: AccessDenied, needs cloudformation:ListStackResources"));
            }
        }
        FunctionChecks functions = new FunctionChecks(account, stack, findings);
        Optional<DeployedFunction> issuing =
                functions.look("issue-key", issueKey, "dev.latchkey.issuekey.IssueKeyHandler");
        Optional<DeployedFunction> checking =
                functions.look("the authorizer", authorizer, "dev.latchkey.authorizer.AuthorizerHandler");
        OperatorSecrets secrets = new OperatorSecrets(account);
        SettingsChecks settings = new SettingsChecks(secrets, findings);
        ApiChecks apis = new ApiChecks(account, stack, findings);
        issuing.ifPresent(settings::ofIssueKey);
        checking.ifPresent(settings::ofAuthorizer);
        if (issuing.isPresent() && checking.isPresent()) {
            settings.together(issuing.get(), checking.get());
        }
        issuing.ifPresent(function -> {
            new SecretChecks(account, secrets, findings).of(function);
            new TableChecks(account, findings).of(function);
            apis.of(function);
        });
        checking.ifPresent(function -> apis.of(function, issuing.orElse(null)));
        return findings.all();
    }
}

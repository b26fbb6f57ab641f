package dev.latchkey.cli.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.lambda.model.EnvironmentError;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.State;

/** Checks a function itself: whether it is there and ready, what it runs on, and where it logs. */
final class FunctionChecks {

    private static final int LEAST_MEMORY = 512;
    private static final int LEAST_SECONDS = 10;
    private static final List<String> RUNTIMES = List.of("java25", "java21", "java17", "provided.al2023");

    private final Account account;
    private final @Nullable Stack stack;
    private final Findings findings;

    FunctionChecks(Account account, @Nullable Stack stack, Findings findings) {
        this.account = account;
        this.stack = stack;
        this.findings = findings;
    }

    /**
     * Looks at one function.
     *
     * @param handler the class that it must start
     * @return empty where it cannot be read
     */
    Optional<DeployedFunction> look(String role, String name, String handler) {
        Optional<DeployedFunction> function = findings.read(
                        role + ": the function", account.function(name), "deploy the stack again: scripts/deploy")
                .map(configuration -> new DeployedFunction(role, configuration));
        function.ifPresent(found -> {
            ready(found);
            machine(found, handler);
            concurrency(found);
            logs(found);
        });
        return function;
    }

    private void ready(DeployedFunction function) {
        GetFunctionConfigurationResponse now = function.configuration();
        boolean isReady = (now.state() == null || now.state() == State.ACTIVE || "Inactive".equals(now.stateAsString()))
                && now.lastUpdateStatus() != LastUpdateStatus.FAILED;
        String why = now.lastUpdateStatus() == LastUpdateStatus.FAILED
                ? "its last update failed: " + now.lastUpdateStatusReason()
                : "it is " + now.stateAsString() + ": " + now.stateReason();
        findings.expect(
                isReady,
                function.role() + ": the function",
                isReady ? now.functionArn() : why,
                "it is active",
                "the message tells why; deploy again when that is mended");
        EnvironmentError error =
                now.environment() == null ? null : now.environment().error();
        if (error != null) {
            findings.add(Finding.skipped(
                    function.role() + ": settings", "cannot be read: " + error.errorCode() + ", needs kms:Decrypt"));
        }
    }

    private void machine(DeployedFunction function, String handler) {
        GetFunctionConfigurationResponse now = function.configuration();
        String role = function.role();
        if (now.runtimeAsString() != null) {
            String expected = parameter("Runtime").orElse("");
            findings.expect(
                    expected.isEmpty()
                            ? RUNTIMES.contains(now.runtimeAsString())
                            : expected.equals(now.runtimeAsString()),
                    role + ": runtime",
                    now.runtimeAsString(),
                    expected.isEmpty() ? String.join(" or ", RUNTIMES) : expected,
                    "set the parameter Runtime and deploy");
        }
        if (!"provided.al2023".equals(now.runtimeAsString())) {
            findings.expect(
                    handler.equals(now.handler()),
                    role + ": handler",
                    String.valueOf(now.handler()),
                    handler,
                    "is this the right function? Else set Handler of it to the class expected");
        }
        parameter("Architecture").ifPresent(expected -> {
            String found = now.architecturesAsStrings().isEmpty()
                    ? "x86_64"
                    : now.architecturesAsStrings().get(0);
            findings.expect(
                    expected.equals(found),
                    role + ": architecture",
                    found,
                    expected,
                    "set the parameter Architecture and deploy");
        });
        findings.expect(
                now.memorySize() >= LEAST_MEMORY,
                role + ": memory",
                now.memorySize() + " MB",
                LEAST_MEMORY + " MB or more",
                "set MemorySize of it: with less a start takes too long");
        findings.expect(
                now.timeout() >= LEAST_SECONDS,
                role + ": timeout",
                now.timeout() + " s",
                LEAST_SECONDS + " s or more",
                "set Timeout of it: a start with a slow source of keys takes several seconds, and is cut off else");
    }

    private void concurrency(DeployedFunction function) {
        String check = function.role() + ": concurrency";
        findings.read(check, account.concurrency(function.name()), "")
                .ifPresent(reserved -> findings.expect(
                        reserved != 0,
                        check,
                        reserved < 0 ? "none is reserved" : reserved + " reserved",
                        "not 0, with which every call is throttled",
                        "take the reservation back: aws lambda delete-function-concurrency --function-name "
                                + function.name()));
    }

    private void logs(DeployedFunction function) {
        String name = function.logGroup();
        String check = function.role() + ": log group";
        Optional<List<LogGroup>> groups = findings.read(check, account.logGroups(name), "");
        if (groups.isEmpty()) {
            return;
        }
        Optional<LogGroup> group = groups.get().stream()
                .filter(one -> one.logGroupName().equals(name))
                .findFirst();
        if (group.isEmpty()) {
            findings.add(Finding.failed(
                    check,
                    "there is no " + name,
                    "it is there",
                    "deploy again, which makes it: without it no refusal can be explained"));
            return;
        }
        Integer days = group.get().retentionInDays();
        String expected = parameter("LogRetentionDays").orElse("");
        findings.expect(
                days != null && (expected.isEmpty() || expected.equals(days.toString())),
                check,
                name + (days == null ? ", kept for ever" : ", kept for " + days + " days"),
                expected.isEmpty() ? "a retention" : "kept for " + expected + " days",
                "set it: aws logs put-retention-policy --log-group-name " + name + " --retention-in-days "
                        + (expected.isEmpty() ? "30" : expected));
        String format = function.configuration().loggingConfig() == null
                ? ""
                : String.valueOf(function.configuration().loggingConfig().logFormatAsString());
        if (!format.isEmpty()) {
            findings.expect(
                    format.toLowerCase(Locale.ROOT).equals("json"),
                    function.role() + ": log format",
                    format,
                    "JSON",
                    "set LogFormat of its LoggingConfig: queries, metrics and LogLevel need records");
        }
    }

    private Optional<String> parameter(String name) {
        return stack == null ? Optional.empty() : stack.parameter(name);
    }
}

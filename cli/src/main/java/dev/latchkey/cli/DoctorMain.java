package dev.latchkey.cli;

import dev.latchkey.cli.deployment.Account;
import dev.latchkey.cli.deployment.Deployment;
import dev.latchkey.cli.deployment.Finding;
import dev.latchkey.cli.deployment.Finding.Outcome;
import dev.latchkey.cli.deployment.Stack;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code scripts/doctor} starts. Exits with 0 if all is well, 1 if not or if nothing was reached, 2 if the arguments are none. */
@Command(name = "scripts/doctor")
public final class DoctorMain implements Callable<Integer> {

    private static final int LONGEST_CELL = 200;
    private static final int REGION_OF_ARN = 3;

    private final Function<@Nullable URI, Functions> connection;
    private final Published published;
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--stack")
    private @Nullable String stack;

    @Option(names = "--issue-key")
    private @Nullable String issueKey;

    @Option(names = "--authorizer")
    private @Nullable String authorizer;

    @Option(names = "--endpoint", converter = Endpoint.class)
    private @Nullable URI endpoint;

    @Option(names = "--scopes", split = ",")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--read-only")
    private boolean isReadOnly;

    @Option(names = "--json")
    private boolean isJson;

    DoctorMain(Function<@Nullable URI, Functions> connection, Published published, Map<String, String> environment) {
        this.connection = connection;
        this.published = published;
        this.environment = Map.copyOf(environment);
    }

    /** Examines a stack. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        DoctorMain main = new DoctorMain(
                address -> new InvokedFunctions(address, environment), new PublishedOverHttp(), environment);
        System.exit(commandLine(main).execute(arguments));
    }

    static CommandLine commandLine(DoctorMain main) {
        return Complaints.of(new CommandLine(main), "doctor", "scripts/doctor --help tells the options");
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        String issuing = issueKey == null ? "IssueKeyFunction" : issueKey;
        String checking = authorizer == null ? "AuthorizerFunction" : authorizer;
        if (stack != null || endpoint == null) {
            Account account = new Account(region(issueKey));
            Stack deployed = stack == null ? null : Deployment.stack(account, stack);
            String ofStack = deployed == null ? issuing : deployed.outputs().getOrDefault("IssueKeyFunctionName", "");
            String atItsDoors =
                    deployed == null ? checking : deployed.outputs().getOrDefault("AuthorizerFunctionArn", "");
            findings.addAll(new Deployment(account, deployed, ofStack, atItsDoors).examine());
            // scripts/local knows functions by the template's names.
            issuing = endpoint == null && issueKey == null ? ofStack : issuing;
            checking = endpoint == null && authorizer == null ? atItsDoors : checking;
        }
        if (isReadOnly) {
            findings.add(Finding.skipped("the doors", "--read-only: no key is issued, and no function called"));
        } else {
            findings.addAll(called(issuing, checking, !findings.isEmpty()));
        }
        print(isJson ? json(findings) : table(findings));
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.FAILED)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    /** What calls find. Where the configuration was read, a function that is not reached is one finding more. */
    private List<Finding> called(String issuing, String checking, boolean isConfigurationRead) {
        Doctor doctor = new Doctor(
                connection.apply(endpoint),
                published,
                issuing,
                checking,
                scopes,
                Clock.systemUTC(),
                pause -> LockSupport.parkNanos(pause.toNanos()));
        try {
            return doctor.examine();
        } catch (FailedCallException e) {
            if (!isConfigurationRead) {
                throw e;
            }
            return List.of(Finding.failed(
                    "the functions answer",
                    String.valueOf(e.getMessage()),
                    "they do",
                    "it needs lambda:InvokeFunction on both; --read-only looks at the configuration alone"));
        }
    }

    /** Where a function is by its ARN, else where the environment says under the AWS CLI's further name. */
    private @Nullable String region(@Nullable String function) {
        String[] parts = function == null ? new String[0] : function.split(":", -1);
        if (parts.length > REGION_OF_ARN && parts[0].equals("arn")) {
            return parts[REGION_OF_ARN];
        }
        return environment.containsKey("AWS_REGION") ? null : environment.get("AWS_DEFAULT_REGION");
    }

    private static String json(List<Finding> findings) {
        return new JsonObjectBuilder()
                        .put(
                                "checks",
                                new JsonArray(List.copyOf(
                                        findings.stream().map(Finding::json).toList())))
                        .build()
                + "\n";
    }

    private static String table(List<Finding> findings) {
        Table table = new Table("", "check", "found", "expected");
        StringBuilder remedies = new StringBuilder();
        int failed = 0;
        for (Finding finding : findings) {
            String outcome = switch (finding.outcome()) {
                case OK -> "ok";
                case FAILED -> "FAILED";
                case SKIPPED -> "-";
            };
            table.row(List.of(
                    outcome,
                    finding.check(),
                    clipped(finding.found()),
                    finding.outcome() == Outcome.FAILED ? finding.expected() : ""));
            if (finding.outcome() == Outcome.FAILED) {
                failed++;
                if (remedies.indexOf(finding.remedy()) < 0) {
                    remedies.append("remedy: ")
                            .append(Table.printable(finding.remedy()))
                            .append('\n');
                }
            }
        }
        return table
                + (failed == 0 ? "all is well" : remedies + "" + failed + " of " + findings.size() + " checks failed")
                + unread(findings)
                + "\n";
    }

    private static String unread(List<Finding> findings) {
        long count = findings.stream()
                .filter(finding ->
                        finding.outcome() == Outcome.SKIPPED && finding.found().startsWith("cannot be read"))
                .count();
        return count == 0 ? "" : ", as far as it can be read: " + count + " could not";
    }

    private static String clipped(String text) {
        String line = text.strip().replaceAll(":\\s*\\R\\s*- ", ": ").replaceAll("\\s*\\R\\s*(- )?", "; ");
        return line.length() <= LONGEST_CELL ? line : line.substring(0, LONGEST_CELL) + "...";
    }

    private void print(String text) {
        if (spec != null) {
            PrintWriter output = spec.commandLine().getOut();
            output.print(text);
            output.flush();
        }
    }
}

package dev.latchkey.cli;

import dev.latchkey.cli.Finding.Outcome;
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

    private final Function<@Nullable URI, Functions> connection;
    private final Published published;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--issue-key")
    private String issueKey = "IssueKeyFunction";

    @Option(names = "--authorizer")
    private String authorizer = "AuthorizerFunction";

    @Option(names = "--endpoint", converter = Endpoint.class)
    private @Nullable URI endpoint;

    @Option(names = "--scopes", split = ",")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--json")
    private boolean isJson;

    DoctorMain(Function<@Nullable URI, Functions> connection, Published published) {
        this.connection = connection;
        this.published = published;
    }

    /** Examines a stack. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        DoctorMain main =
                new DoctorMain(address -> new InvokedFunctions(address, environment), new PublishedOverHttp());
        System.exit(commandLine(main).execute(arguments));
    }

    static CommandLine commandLine(DoctorMain main) {
        return Complaints.of(new CommandLine(main), "doctor", "scripts/doctor --help tells the options");
    }

    @Override
    public Integer call() {
        Doctor doctor = new Doctor(
                connection.apply(endpoint),
                published,
                issueKey,
                authorizer,
                scopes,
                Clock.systemUTC(),
                pause -> LockSupport.parkNanos(pause.toNanos()));
        List<Finding> findings = doctor.examine();
        print(isJson ? json(findings) : table(findings));
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.FAILED)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
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
                + "\n";
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

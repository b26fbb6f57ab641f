package dev.latchkey.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What {@code scripts/keys} starts. Exits with 0 if all was done, 1 if not, 2 if the arguments are none. */
public final class KeysMain {

    private KeysMain() {}

    /** Runs a command. The system property {@code latchkey.attended} tells that somebody is at the terminal. */
    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        KeyCommands commands =
                new KeyCommands(System.getenv(), InvokedIssueKey::new, input, Boolean.getBoolean("latchkey.attended"));
        System.exit(commandLine(commands).execute(arguments));
    }

    static CommandLine commandLine(KeyCommands commands) {
        CommandLine line = new CommandLine(commands);
        line.addSubcommand(new RotateCommand(commands));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof FailedCallException) {
                PrintWriter error = command.getErr();
                error.println("keys: " + Table.printable(String.valueOf(failure.getMessage())));
                error.flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }
}

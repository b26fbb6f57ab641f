package dev.latchkey.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** What {@code scripts/keys} starts. Exits with 0 if all was done, 1 if not, 2 if the arguments are none. */
public final class KeysMain {

    private KeysMain() {}

    /** Runs a command. The system property {@code latchkey.attended} tells that somebody is at the terminal. */
    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> environment = System.getenv();
        KeyCommands commands = new KeyCommands(
                environment,
                (function, endpoint) -> new InvokedIssueKey(function, endpoint, environment),
                input,
                Boolean.getBoolean("latchkey.attended"));
        System.exit(commandLine(commands).execute(arguments));
    }

    static CommandLine commandLine(KeyCommands commands) {
        CommandLine line = new CommandLine(commands);
        line.addSubcommand(new RotateCommand(commands));
        line.addSubcommand(new HelpCommand());
        return Complaints.of(
                line, "keys", "scripts/keys help tells the commands, and scripts/keys help COMMAND more of one");
    }
}

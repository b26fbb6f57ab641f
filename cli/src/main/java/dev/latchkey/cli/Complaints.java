package dev.latchkey.cli;

import dev.latchkey.cli.deployment.UnreadableStackException;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command line says when something is wrong: the message behind its name, and where more is told. No stack trace. */
final class Complaints {

    private Complaints() {}

    /**
     * The same command line, which says so.
     *
     * @param name of the script
     * @param help what tells more, after a mistake in the arguments
     */
    static CommandLine of(CommandLine line, String name, String help) {
        line.setParameterExceptionHandler((mistake, arguments) -> {
            PrintWriter error = mistake.getCommandLine().getErr();
            say(error, name, mistake);
            UnmatchedArgumentException.printSuggestions(mistake, error);
            error.println(help);
            error.flush();
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof FailedCallException
                    || failure instanceof UnusableInputException
                    || failure instanceof UnreadableStackException) {
                say(command.getErr(), name, failure);
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }

    /** A message may have several lines, since a function tells all problems of its settings at once. */
    private static void say(PrintWriter error, String name, Exception failure) {
        String text = String.valueOf(failure.getMessage())
                .lines()
                .map(Table::printable)
                .collect(Collectors.joining(System.lineSeparator()));
        error.println(name + ": " + text);
        error.flush();
    }
}

package dev.latchkey.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code scripts/migrate} starts. Exits with 0 if all was written, 1 if not, 2 if the arguments are none. */
@Command(
        name = "scripts/migrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes the signing key and the settings of the portal's own JWT plugin over to Latchkey.")
public final class MigrateMain implements Callable<Integer> {

    private final Clock clock;
    private final Path folder;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "a new file for the key ring, which only you can read; needed")
    private @Nullable Path output;

    @Parameters(paramLabel = "ENV", description = "the portal's .env")
    private Path environment = Path.of("");

    MigrateMain(Clock clock, Path folder) {
        this.clock = clock;
        this.folder = folder;
    }

    /** Runs it. The system property {@code latchkey.folder} is what relative paths are in. */
    public static void main(String[] arguments) {
        Path folder = Path.of(System.getProperty("latchkey.folder", "")).toAbsolutePath();
        System.exit(commandLine(Clock.systemUTC(), folder).execute(arguments));
    }

    static CommandLine commandLine(Clock clock, Path folder) {
        return Complaints.of(
                new CommandLine(new MigrateMain(clock, folder)), "migrate", "scripts/migrate --help tells the options");
    }

    @Override
    public Integer call() {
        try {
            return migrated();
        } catch (FileAlreadyExistsException e) {
            throw new UnusableInputException(e.getMessage() + " exists. Name a file that does not, or remove it");
        } catch (IOException e) {
            throw new UnusableInputException("cannot read or write " + e.getMessage());
        }
    }

    private int migrated() throws IOException {
        if (output == null) {
            throw new ParameterException(
                    spec().commandLine(), "--output names a new file for the key ring. It is needed");
        }
        PortalSettings portal = PortalSettings.read(PortalEnvironment.read(text(folder.resolve(environment))));
        Migration migration = Migration.of(portal, clock);
        Path file = folder.resolve(output);
        if (file.getParent() != null && !Files.isDirectory(file.getParent())) {
            throw new UnusableInputException("there is no folder " + file.getParent() + " for the key ring");
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, migration.key().ring() + "\n");
        PrintWriter out = spec().commandLine().getOut();
        out.print(migration.report());
        out.println();
        out.println("The key ring is in " + file + ". Deploy with it, and remove the file:");
        out.println();
        out.println("  aws secretsmanager create-secret --name latchkey-signing-key --query ARN --output text \\");
        out.println("      --secret-string file://" + file);
        out.println("  scripts/deploy --guided --parameter-overrides SecretArn=ARN \\");
        out.println("      "
                + migration.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + quoted(parameter.getValue()))
                        .collect(Collectors.joining(" ")));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(file + " is a folder. Name the portal's .env in it");
        }
        if (!Files.exists(file)) {
            throw new UnusableInputException("there is no file " + file + ". Name the portal's my-dev-portal-api/.env");
        }
        return Files.readString(file);
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9._:/-]+") ? value : "\"'" + value + "'\"";
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not start this");
        }
        return spec;
    }
}

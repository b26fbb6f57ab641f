package dev.latchkey.cli;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command over the signing key, by the function that rotates it. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the ring of signing keys on, outside of its schedule.",
            "--now activates the next key; keys that were issued go on working, unless --drop ends them: how many these are, of"
                    + " which issue-key keeps records, is told before."
        })
final class RotateCommand implements Callable<Integer> {

    /** The setting that names the function. */
    static final String FUNCTION = "PLUGIN_LATCHKEY_ROTATE_FUNCTION";

    private static final String LOCAL_FUNCTION = "RotateKeysFunction";

    /** What the function says where no secret holds the ring. */
    private static final String NO_SECRET = "PLUGIN_JWT_SECRET_ID: is not set";

    private final KeyCommands commands;

    @Option(
            names = "--rotator",
            paramLabel = "NAME",
            description = "name or ARN of the function that rotates; by default PLUGIN_LATCHKEY_ROTATE_FUNCTION")
    private @Nullable String rotator;

    @Option(
            names = "--drop",
            paramLabel = "KID",
            description = "with --now: takes this signing key away, and ends every key that it signed")
    private @Nullable String dropped;

    @ArgGroup(multiplicity = "1")
    private @Nullable What what;

    /** One of two things to do. */
    private static final class What {

        @Option(names = "--now", required = true, description = "does not wait until the next key is known everywhere")
        private boolean isNow;

        @Option(
                names = "--to",
                paramLabel = "ALGORITHM",
                required = true,
                description = "adds a next key of that algorithm, which the following rotation activates")
        private @Nullable String algorithm;
    }

    RotateCommand(KeyCommands commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException {
        String named = rotator != null ? rotator : commands.environment(FUNCTION);
        JsonObjectBuilder request = new JsonObjectBuilder();
        What chosen = what == null ? new What() : what;
        String gone = dropped;
        if (!chosen.isNow) {
            if (gone != null) {
                throw commands.usage("--drop goes with --now");
            }
            request.put("action", "addNextKey").put("algorithm", String.valueOf(chosen.algorithm));
        } else {
            if (gone != null) {
                commands.tellOfKeys(gone);
            }
            commands.confirm(
                    gone == null
                            ? "Sign with the next key at once? Verifiers outside of this stack may refuse its keys for two hours."
                            : "Take the signing key " + gone + " away, and end every key that it signed, for good?");
            request.put("action", "rotateNow");
            if (gone != null) {
                request.put("drop", gone);
            }
        }
        IssueKey function =
                commands.function(named, LOCAL_FUNCTION, "the function that rotates by --rotator or " + FUNCTION);
        try {
            JsonObject answer = commands.answer(function, request.build());
            answer.string("effectiveFrom")
                    .filter(from -> chosen.isNow)
                    .ifPresent(
                            from -> commands.tell(
                                    "Every door of the stack has it at " + from
                                            + ". Who keeps the published keys, as API Gateway's own JWT authorizers do, may take two hours more."));
        } catch (FailedCallException e) {
            throw commands.isOnThisMachine() && String.valueOf(e.getMessage()).contains(NO_SECRET)
                    ? new FailedCallException(
                            "scripts/local keeps this signing key in no secret, so that it cannot be rotated."
                                    + " Start it with --parameter \"RotateEvery=90 days\"")
                    : e;
        }
        return 0;
    }
}

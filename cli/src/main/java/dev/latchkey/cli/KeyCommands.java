package dev.latchkey.cli;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands over customers' keys. */
@Command(
        name = "scripts/keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        customSynopsis = "Usage: scripts/keys [--function NAME] [--endpoint URL] [--json] [--yes] COMMAND",
        synopsisHeading = "",
        descriptionHeading = "%n",
        description = "Lists, shows, pauses, rolls and ends customers' API keys, by the issue-key function.",
        optionListHeading = "%n",
        commandListHeading = "%nCommands (help COMMAND tells more of one):%n",
        footerHeading = "%n",
        footer = "With scripts/local: --endpoint http://127.0.0.1:3001")
final class KeyCommands {

    /** The setting that names issue-key, as in the portal. */
    private static final String FUNCTION = "PLUGIN_LATCHKEY_FUNCTION";

    private static final String LOCAL_FUNCTION = "IssueKeyFunction";

    private final Map<String, String> environment;
    private final BiFunction<String, @Nullable URI, IssueKey> connection;
    private final BufferedReader input;
    private final boolean isAttended;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "issue-key's name or ARN; by default PLUGIN_LATCHKEY_FUNCTION in the environment")
    private @Nullable String function;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = Endpoint.class,
            scope = ScopeType.INHERIT,
            description = "the address of Lambda on this machine, as scripts/local prints it")
    private @Nullable URI endpoint;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "prints issue-key's answer as JSON")
    private boolean isJson;

    @Option(names = "--yes", scope = ScopeType.INHERIT, description = "does not ask before what cannot be undone")
    private boolean isSure;

    /**
     * Commands that use these.
     *
     * @param connection makes issue-key of a function's name and an endpoint
     * @param input where confirmations and leaked keys are read
     * @param isAttended whether somebody can answer
     */
    KeyCommands(
            Map<String, String> environment,
            BiFunction<String, @Nullable URI, IssueKey> connection,
            BufferedReader input,
            boolean isAttended) {
        this.environment = environment;
        this.connection = connection;
        this.input = input;
        this.isAttended = isAttended;
    }

    @Command(description = "All keys of a customer, newest first.")
    void list(@Parameters(paramLabel = "CUSTOMER") String customer) {
        IssueKey issueKey = issueKey();
        List<JsonObject> keys = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonObjectBuilder request = request("listApiKeys", customer).put("limit", 100);
            cursor.ifPresent(here -> request.put("cursor", here));
            JsonObject page = issueKey.ask(request.build());
            if (page.get("keys").orElse(null) instanceof JsonArray some) {
                some.elements().forEach(key -> keys.add((JsonObject) key));
            }
            cursor = page.string("cursor");
        } while (cursor.isPresent());
        if (isJson) {
            print(new JsonObjectBuilder()
                    .put("keys", new JsonArray(List.copyOf(keys)))
                    .build()
                    .toString());
        } else {
            print(keys.isEmpty() ? "no keys are known of " + Table.printable(customer) : KeyWords.table(keys));
        }
    }

    @Command(description = "What is kept of one key.")
    void show(@Parameters(paramLabel = "CUSTOMER") String customer, @Parameters(paramLabel = "KEY") String key) {
        answer(ofKey("getApiKey", customer, key).build());
    }

    @Command(description = "Lets a key rest until it is resumed.")
    void suspend(@Parameters(paramLabel = "CUSTOMER") String customer, @Parameters(paramLabel = "KEY") String key) {
        answer(ofKey("suspendApiKey", customer, key).build());
    }

    @Command(description = "Lets a suspended key work again.")
    void resume(@Parameters(paramLabel = "CUSTOMER") String customer, @Parameters(paramLabel = "KEY") String key) {
        answer(ofKey("resumeApiKey", customer, key).build());
    }

    @Command(description = {"Ends a key for good: CUSTOMER KEY, or --leaked for a key whose text was found somewhere."})
    void revoke(
            @Parameters(paramLabel = "CUSTOMER", arity = "0..1") @Nullable String customer,
            @Parameters(paramLabel = "KEY", arity = "0..1") @Nullable String key,
            @Option(names = "--leaked", description = "reads the key itself from standard input") boolean isLeaked)
            throws IOException {
        if (isLeaked ? customer != null : customer == null || key == null) {
            throw usage("needs CUSTOMER and KEY, or --leaked and the key on standard input");
        }
        if (!isLeaked) {
            confirm("End the key " + key + " of " + customer + " for good?");
            answer(ofKey("revokeApiKey", String.valueOf(customer), String.valueOf(key))
                    .build());
            return;
        }
        String text = input.readLine();
        if (text == null || text.isBlank()) {
            throw usage("--leaked needs the key on standard input");
        }
        answer(new JsonObjectBuilder()
                .put("action", "revokeApiKey")
                .put("apikey", text.strip())
                .build());
    }

    @Command(description = "Makes a new key with the same settings, prints it, and ends the old one after the grace.")
    void roll(
            @Parameters(paramLabel = "CUSTOMER") String customer,
            @Parameters(paramLabel = "KEY") String key,
            @Option(
                            names = "--grace",
                            paramLabel = "TIME",
                            defaultValue = "24h",
                            description = "how long the old key stays valid, 0 to 30d; ${DEFAULT-VALUE} by default")
                    String grace)
            throws IOException {
        if (grace.matches("0[a-z]*")) {
            confirm("Replace the key " + key + " of " + customer + " and end it at once?");
        }
        answer(ofKey("rollApiKey", customer, key).put("grace", grace).build());
    }

    @Command(
            name = "revoke-customer",
            description = "Ends all keys that a customer has, also those of which no record is kept.")
    void revokeCustomer(@Parameters(paramLabel = "CUSTOMER") String customer) throws IOException {
        confirm("End all keys of " + customer + " for good?");
        answer(request("revokeCustomer", customer).build());
    }

    private static JsonObjectBuilder request(String action, String customer) {
        return new JsonObjectBuilder().put("action", action).put("customerId", customer);
    }

    private static JsonObjectBuilder ofKey(String action, String customer, String key) {
        return request(action, customer).put("keyId", key);
    }

    private void answer(JsonObject request) {
        answer(issueKey(), request);
    }

    /** Asks a function, prints what it answers, and gives it. */
    JsonObject answer(IssueKey function, JsonObject request) {
        JsonObject answer = function.ask(request);
        print(isJson ? answer.toString() : KeyWords.members(answer));
        return answer;
    }

    private IssueKey issueKey() {
        return function(
                function != null ? function : environment(FUNCTION),
                LOCAL_FUNCTION,
                "issue-key by --function or PLUGIN_LATCHKEY_FUNCTION");
    }

    /**
     * Tells how many keys end with a signing key, unless nobody is asked afterwards. Where they cannot be counted, that is told:
     * a leaked key must go all the same.
     */
    void tellOfKeys(String signingKey) {
        if (isSure) {
            return;
        }
        try {
            tell(new KeyCount(issueKey(), this::tell).of(signingKey));
        } catch (FailedCallException | ParameterException e) {
            tell("How many keys end is not known: " + e.getMessage());
        }
    }

    /** Says something beside the answer. */
    void tell(String words) {
        spec().commandLine().getErr().println(Table.printable(words));
        spec().commandLine().getErr().flush();
    }

    /** A variable's value; blank where it is not set. */
    String environment(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Whether functions of {@code scripts/local} are called. */
    boolean isOnThisMachine() {
        return endpoint != null;
    }

    /**
     * A function by its name or, on this machine, the template's.
     *
     * @param what it is and how it is named, for messages
     */
    IssueKey function(String named, String local, String what) {
        if (named.isBlank() && endpoint == null) {
            throw usage("name " + what + "; the stack's output " + local
                    + "Name tells it. With scripts/local: --endpoint, as it prints");
        }
        return connection.apply(named.isBlank() ? local : named, endpoint);
    }

    /** Asks a person, unless {@code --yes} has answered. */
    void confirm(String question) throws IOException {
        if (isSure) {
            return;
        }
        if (!isAttended) {
            throw usage("needs --yes where nobody can be asked: " + question);
        }
        spec().commandLine().getErr().print(Table.printable(question) + " [y/N] ");
        spec().commandLine().getErr().flush();
        String answer = input.readLine();
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new FailedCallException("nothing was changed");
        }
    }

    /** A mistake in the arguments. */
    ParameterException usage(String problem) {
        return new ParameterException(spec().commandLine(), problem);
    }

    private void print(String text) {
        spec().commandLine().getOut().print(text.endsWith("\n") ? text : text + System.lineSeparator());
        spec().commandLine().getOut().flush();
    }

    private CommandSpec spec() {
        CommandSpec here = spec;
        if (here == null) {
            throw new IllegalStateException("the commands run by a command line alone");
        }
        return here;
    }
}

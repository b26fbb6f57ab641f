package dev.latchkey.issuekey;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.moesif.CustomerReporter;
import dev.latchkey.provisioning.PluginLoader;
import dev.latchkey.testing.MemoryKeyTable;
import dev.latchkey.testing.OneLineLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Any request has an answer, which is a JSON object, and none is a failure of ours. */
public final class IssueKeyFuzzTarget {

    private static final OneLineLogger LOG = new OneLineLogger();
    private static final IssueKeyHandler HANDLER = new IssueKeyHandler(
            Map.of(
                    "PLUGIN_JWT_SECRET",
                    TestKeys.SECRET,
                    "PLUGIN_JWT_EXPIRES_IN",
                    "30d",
                    "PLUGIN_JWT_KEYS_TABLE",
                    "keys",
                    "PLUGIN_JWT_STATUS_LIST_BASE",
                    "https://keys.example"),
            new IssueKeyHandler.Services(
                    extension -> {
                        throw new IllegalStateException("no secret is named");
                    },
                    table -> proposed -> proposed,
                    table -> new MemoryKeyTable(),
                    queue -> notBefore -> {},
                    settings -> CustomerReporter.none()),
            PluginLoader.ofClassPath(),
            new TurnableClock(TestTokens.NOW),
            LOG);

    private IssueKeyFuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, JsonSyntaxException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        HANDLER.handleRequest(new ByteArrayInputStream(input), output, new TestContext(LOG));
        String answer = JsonReader.readObject(output.toByteArray(), new JsonLimits(64 * 1024, 8))
                .toString();
        if (answer.contains("\"statusCode\":500")) {
            throw new AssertionError("a request that was not answered: " + answer);
        }
    }
}

package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("The command line")
class KeyCommandsTest {

    private static final String KEY =
            "{\"keyId\":\"k1\",\"customerId\":\"cus_1\",\"createdAt\":\"2026-01-01T00:00:00Z\","
                    + "\"expiresAt\":\"2026-02-01T00:00:00Z\",\"status\":\"valid\",\"endsAt\":null,\"name\":\"ci\\u001b[2J\","
                    + "\"scopes\":[\"read\",\"write\"],\"plan\":null,\"metadata\":{}}";

    private final List<String> asked = new ArrayList<>();
    private final List<String> connections = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();
    private String typed = "";
    private String refusal = "no such key";
    private boolean isAttended = true;

    private int run(String... arguments) {
        return run(Map.of("PLUGIN_LATCHKEY_FUNCTION", "issue"), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        KeyCommands commands =
                new KeyCommands(environment, this::connect, new BufferedReader(new StringReader(typed)), isAttended);
        CommandLine line = KeysMain.commandLine(commands);
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
    }

    private IssueKey connect(String function, @Nullable URI endpoint) {
        connections.add(function + " at " + endpoint);
        return request -> {
            asked.add(request.toString());
            if (answers.isEmpty()) {
                throw new FailedCallException(refusal);
            }
            return json(answers.removeFirst());
        };
    }

    private static JsonObject json(String text) {
        try {
            return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), new JsonLimits(10_000, 8));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("lists all pages of a customer's keys as a table that no name of a key can break")
    void list() {
        answers.add("{\"keys\":[" + KEY + "],\"cursor\":\"next\"}");
        answers.add("{\"keys\":[" + KEY.replace("k1", "k22") + "],\"cursor\":null}");

        assertThat(run("list", "cus_1")).isZero();

        assertThat(asked)
                .containsExactly(
                        "{\"action\":\"listApiKeys\",\"customerId\":\"cus_1\",\"limit\":100}",
                        "{\"action\":\"listApiKeys\",\"customerId\":\"cus_1\",\"limit\":100,\"cursor\":\"next\"}");
        assertThat(out.toString().lines())
                .containsExactly(
                        "KEY  NAME    STATUS  CREATED               ENDS                  SCOPES      PLAN",
                        "k1   ci?[2J  valid   2026-01-01T00:00:00Z  2026-02-01T00:00:00Z  read write  -",
                        "k22  ci?[2J  valid   2026-01-01T00:00:00Z  2026-02-01T00:00:00Z  read write  -");
    }

    @Test
    @DisplayName("tells when a revoked key ended, and that it did where the time is not known")
    void ended() {
        String revoked = KEY.replace("valid", "revoked");
        String on = revoked.replace("\"endsAt\":null", "\"endsAt\":\"2026-01-02T00:00:00Z\"");
        answers.add("{\"keys\":[" + on + "," + revoked + "],\"cursor\":null}");

        assertThat(run("list", "cus_1")).isZero();

        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "k1   ci?[2J  revoked  2026-01-01T00:00:00Z  2026-01-02T00:00:00Z  read write  -",
                        "k1   ci?[2J  revoked  2026-01-01T00:00:00Z  ended                 read write  -");
    }

    @Test
    @DisplayName("says that a customer has no keys, and gives JSON to a program")
    void none() {
        answers.add("{\"keys\":[],\"cursor\":null}");
        assertThat(run("list", "cus_1")).isZero();
        assertThat(out).hasToString("no keys are known of cus_1" + System.lineSeparator());

        answers.add("{\"keys\":[" + KEY + "],\"cursor\":null}");
        assertThat(run("--json", "list", "cus_1")).isZero();
        assertThat(out.toString()).endsWith("{\"keys\":[" + json(KEY) + "]}" + System.lineSeparator());
    }

    @Test
    @DisplayName("shows, suspends, resumes and rolls a key without a question")
    void oneKey() {
        for (String command : List.of("show", "suspend", "resume", "roll")) {
            answers.add(KEY);
            assertThat(run(command, "cus_1", "k1")).isZero();
        }
        assertThat(asked)
                .containsExactly(
                        "{\"action\":\"getApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"k1\"}",
                        "{\"action\":\"suspendApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"k1\"}",
                        "{\"action\":\"resumeApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"k1\"}",
                        "{\"action\":\"rollApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"k1\",\"grace\":\"24h\"}");
        assertThat(out.toString()).contains("keyId           k1", "scopes          read write", "plan            -");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"revoke cus_1 k1", "revoke-customer cus_1", "roll cus_1 k1 --grace 0s"})
    @DisplayName("asks before what cannot be undone, and takes nothing but y for a yes")
    void confirmed(String command) {
        typed = "n\n";
        assertThat(run(command.split(" "))).isEqualTo(1);
        typed = "";
        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(error.toString()).contains("[y/N] keys: nothing was changed");
        assertThat(asked).isEmpty();

        typed = "y\n";
        answers.add(KEY);
        assertThat(run(command.split(" "))).isZero();
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("needs --yes where nobody can be asked")
    void unattended() {
        isAttended = false;
        assertThat(run("revoke", "cus_1", "k1")).isEqualTo(2);
        assertThat(error.toString()).contains("needs --yes where nobody can be asked: End the key k1 of cus_1");
        assertThat(asked).isEmpty();

        answers.add(KEY);
        assertThat(run("revoke", "cus_1", "k1", "--yes")).isZero();
        assertThat(asked).containsExactly("{\"action\":\"revokeApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"k1\"}");
    }

    @Test
    @DisplayName("ends a leaked key by its text from standard input, which it does not repeat")
    void leaked() {
        typed = " the.key.itself \n";
        answers.add(KEY);
        assertThat(run("revoke", "--leaked")).isZero();
        assertThat(asked).containsExactly("{\"action\":\"revokeApiKey\",\"apikey\":\"the.key.itself\"}");
        assertThat(out + "" + error).doesNotContain("the.key.itself");

        typed = "";
        assertThat(run("revoke", "--leaked")).isEqualTo(2);
        assertThat(run("revoke", "--leaked", "cus_1", "k1")).isEqualTo(2);
        assertThat(run("revoke", "cus_1")).isEqualTo(2);
        assertThat(error.toString()).contains("--leaked needs the key on standard input", "needs CUSTOMER and KEY");
    }

    @Test
    @DisplayName("needs a function, which on this machine has the template's name")
    void function() {
        assertThat(run(Map.of(), "list", "cus_1")).isEqualTo(2);
        assertThat(error.toString()).contains("name issue-key by --function or PLUGIN_LATCHKEY_FUNCTION");

        run(Map.of(), "list", "cus_1", "--endpoint", "http://127.0.0.1:3001");
        run("list", "cus_1", "--function", "other");
        run("list", "cus_1");
        assertThat(connections)
                .containsExactly("IssueKeyFunction at http://127.0.0.1:3001", "other at null", "issue at null");
    }

    @Test
    @DisplayName("rotates the signing key at once or to another algorithm, by a function of its own, and asks before")
    void rotate() {
        String count = "{\"action\":\"countSignedKeys\",\"signingKey\":\"a\"}";
        typed = "n\n";
        assertThat(run("rotate", "--now", "--drop", "a", "--rotator", "turn")).isEqualTo(1);
        assertThat(error.toString())
                .contains(
                        "How many keys end is not known: no such key",
                        "Take the signing key a away, and end every key that it signed");
        assertThat(asked).containsExactly(count);

        typed = "y\n";
        answers.add("{\"keys\":2,\"unknown\":0,\"read\":9,\"cursor\":null}");
        answers.add("{\"active\":\"b\",\"previous\":[],\"gone\":[\"a\"],\"effectiveFrom\":\"2026-01-01T00:00:00Z\"}");
        assertThat(run("rotate", "--now", "--drop", "a", "--rotator", "turn")).isZero();
        assertThat(out.toString())
                .contains("active          b", "previous        -", "gone            a", "effectiveFrom   2026-");
        answers.add("{}");
        assertThat(run(Map.of("PLUGIN_LATCHKEY_ROTATE_FUNCTION", "set"), "rotate", "--now", "--yes"))
                .isZero();
        answers.add("{}");
        assertThat(run("rotate", "--to", "RS256", "--endpoint", "http://127.0.0.1:3001"))
                .isZero();
        assertThat(error.toString())
                .contains(
                        "a signed 2 keys that are good by their records.",
                        "Every door of the stack has it at 2026-01-01T00:00:00Z.");
        assertThat(asked)
                .containsExactly(
                        count,
                        count,
                        "{\"action\":\"rotateNow\",\"drop\":\"a\"}",
                        "{\"action\":\"rotateNow\"}",
                        "{\"action\":\"addNextKey\",\"algorithm\":\"RS256\"}");
        assertThat(connections)
                .containsExactly(
                        "issue at null",
                        "issue at null",
                        "turn at null",
                        "set at null",
                        "RotateKeysFunction at http://127.0.0.1:3001");
    }

    @Test
    @DisplayName("counts the keys that a dropped signing key ends, page by page, before it asks")
    void count() {
        typed = "n\n";
        answers.add("{\"keys\":2,\"unknown\":1,\"read\":9,\"cursor\":\"next\"}");
        answers.add("{\"keys\":40,\"unknown\":2,\"read\":9,\"cursor\":null}");

        assertThat(run("rotate", "--now", "--drop", "a", "--rotator", "turn")).isEqualTo(1);

        assertThat(asked)
                .containsExactly(
                        "{\"action\":\"countSignedKeys\",\"signingKey\":\"a\"}",
                        "{\"action\":\"countSignedKeys\",\"signingKey\":\"a\",\"cursor\":\"next\"}");
        assertThat(error.toString().lines().toList())
                .containsSubsequence(
                        "a signed 42 keys that are good by their records. It may have signed some of 3 others, whose records do"
                                + " not tell what signed them.",
                        "Take the signing key a away, and end every key that it signed, for good? [y/N] keys: nothing was changed");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("drops a signing key also where nobody tells how many keys end, and counts for nobody who is sure")
    void uncounted() {
        typed = "y\n";
        answers.add("{}");
        assertThat(run(Map.of(), "rotate", "--now", "--drop", "a", "--rotator", "turn"))
                .isZero();
        assertThat(error.toString()).contains("How many keys end is not known: name issue-key by --function");

        answers.add("{}");
        assertThat(run("rotate", "--now", "--drop", "a", "--rotator", "turn", "--yes"))
                .isZero();
        assertThat(asked)
                .containsExactly(
                        "{\"action\":\"rotateNow\",\"drop\":\"a\"}", "{\"action\":\"rotateNow\",\"drop\":\"a\"}");
    }

    @Test
    @DisplayName("tells how scripts/local gets a signing key that rotates, and keeps AWS's function to its own words")
    void rotateLocally() {
        refusal = "1 problem in the settings:\n- PLUGIN_JWT_SECRET_ID: is not set. Set it";

        assertThat(run("rotate", "--to", "RS256", "--endpoint", "http://127.0.0.1:3001"))
                .isEqualTo(1);
        assertThat(error)
                .hasToString("keys: scripts/local keeps this signing key in no secret, so that it cannot be"
                        + " rotated. Start it with --parameter \"RotateEvery=90 days\"" + System.lineSeparator());

        assertThat(run("rotate", "--to", "RS256", "--rotator", "turn")).isEqualTo(1);
        assertThat(error.toString()).contains("- PLUGIN_JWT_SECRET_ID: is not set. Set it");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"rotate", "rotate --now --to RS256", "rotate --to RS256 --drop a", "rotate --now --yes"})
    @DisplayName("rotates in one way alone, by a function that is named")
    void rotateMistakes(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:3001 | needs http:// in front",
                "localhost:3001 | needs http:// in front",
                "http:///x | names no host",
                "http://127.0.0.1:3001/2015-03-31/functions/IssueKeyFunction/invocations | has a path",
                "https://127.0.0.1:3001 | is https, which nothing of Latchkey speaks on this machine",
                "https://localhost:3001 | is https, which nothing of Latchkey speaks on this machine",
                "http://a b | is no address",
            })
    @DisplayName("tells what is wrong with an endpoint, and where the right one stands")
    void endpoint(String endpoint, String problem) {
        assertThat(run("list", "cus_1", "--endpoint", endpoint)).isEqualTo(2);

        assertThat(error.toString().lines().findFirst().orElseThrow())
                .startsWith("keys: ")
                .contains(problem + ". ")
                .contains("scripts/local prints the address, such as http://127.0.0.1:3001");
        assertThat(connections).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "list", "shwo cus_1 k1", "list cus_1 --jsn", "rotate", "revoke cus_1"})
    @DisplayName("tells a mistake in a line, and in another one where more is told")
    void mistake(String command) {
        assertThat(run(command.isEmpty() ? new String[0] : command.split(" "))).isEqualTo(2);

        assertThat(error.toString().lines())
                .hasSizeBetween(2, 3)
                .last()
                .asString()
                .isEqualTo("scripts/keys help tells the commands, and scripts/keys help COMMAND more of one");
        assertThat(error.toString()).startsWith("keys: ");
    }

    @Test
    @DisplayName("helps with a command")
    void help() {
        assertThat(run("help", "roll")).isZero();
        assertThat(out.toString()).contains("--grace=TIME", "how long the old key stays valid");
    }

    @Test
    @DisplayName("keeps the lines of a message that has several")
    void lines() {
        refusal = "2 problems in the settings:\n- A: is\u001b not set\n- B: is not set";

        assertThat(run("show", "cus_1", "k1")).isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("keys: 2 problems in the settings:", "- A: is? not set", "- B: is not set");
    }

    @Test
    @DisplayName("tells in one line why an action was refused, and exits with 1")
    void refused() {
        assertThat(run("show", "cus_1", "k1")).isEqualTo(1);
        assertThat(error).hasToString("keys: no such key" + System.lineSeparator());
        assertThat(run("shwo")).isEqualTo(2);
        assertThat(error.toString()).contains("Did you mean");
    }
}

package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@DisplayName("The move from the portal's own plugin")
class MigrateTest {

    /** When jsonwebtoken 8.5.1 signed the keys of portal-keys.json, for 30 days. */
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant MOVED = ISSUED.plus(Duration.ofDays(3));

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    Path folder = Path.of("");

    /** A key of the portal: what it is, the portal's variables, and the key. */
    record PortalKey(String name, String environment, String token) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<PortalKey> portalKeys() throws IOException, JsonSyntaxException {
        try (InputStream file = Objects.requireNonNull(MigrateTest.class.getResourceAsStream("portal-keys.json"))) {
            String text = "{\"keys\":" + new String(file.readAllBytes(), StandardCharsets.UTF_8) + "}";
            JsonObject keys = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), new JsonLimits(100_000, 8));
            return ((JsonArray) keys.get("keys").orElseThrow())
                    .elements().stream()
                            .map(JsonObject.class::cast)
                            .map(key -> new PortalKey(text(key, "name"), text(key, "env"), text(key, "token")));
        }
    }

    private static String text(JsonObject object, String member) {
        return object.string(member).orElseThrow();
    }

    private int migrate(String environment) throws IOException {
        Files.writeString(folder.resolve(".env"), environment);
        return run(
                folder.resolve("ring.json").toString(), folder.resolve(".env").toString());
    }

    private int run(String output, String environment) {
        CommandLine line = MigrateMain.commandLine(Clock.fixed(MOVED, ZoneOffset.UTC), folder);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(error));
        return line.execute("--output", output, environment);
    }

    private Verification verified(String token, Instant at) {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        Secrets secrets = new Secrets(
                extension -> id -> {
                    try {
                        return Files.readString(folder.resolve("ring.json"));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                clock,
                (age, failure) -> {});
        return VerificationSettings.read(new SettingsReader(Map.of("PLUGIN_JWT_SECRET_ID", "ring")), secrets)
                .verifier(clock)
                .verify(token);
    }

    @ParameterizedTest
    @MethodSource("portalKeys")
    @DisplayName("keeps every key of the portal good until it expires, and no longer")
    void keepsKeys(PortalKey key) throws IOException {
        assertThat(migrate(key.environment())).as(error.toString()).isZero();
        assertThat(verified(key.token(), MOVED)).isInstanceOf(Verification.Verified.class);
        assertThat(verified(key.token(), ISSUED.plus(Duration.ofDays(30)).minusSeconds(1)))
                .isInstanceOf(Verification.Verified.class);
        assertThat(verified(key.token(), ISSUED.plus(Duration.ofDays(30)).plusSeconds(5)))
                .isInstanceOf(Verification.Rejected.class);
        assertThat(out.toString())
                .contains("Tried: a key as the portal's plugin makes it is accepted")
                .contains("SecretArn=ARN", "ExpiresIn=30d")
                .doesNotContain(key.token());
    }

    @ParameterizedTest
    @MethodSource("portalKeys")
    @DisplayName("lets a key sign on that is strong enough, and says until when another one only verifies")
    void tellsStrength(PortalKey key) throws IOException {
        migrate(key.environment());
        boolean isWeak = key.name().contains(" 160 bits") || key.name().contains(" 1024 bits");
        assertThat(out.toString())
                .contains(
                        isWeak
                                ? "a new one; the portal's verifies until 2026-02-10T00:00:00Z"
                                : "the same, with a next one beside it");
        assertThat(out.toString().contains("Change the portal over within 7 days"))
                .isEqualTo(isWeak);
    }

    @Test
    @DisplayName("writes the ring to a new file that nobody else can read")
    void writesPrivately() throws IOException, JsonSyntaxException {
        PortalKey key = portalKeys().findFirst().orElseThrow();
        migrate(key.environment());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ring.json"))))
                .isEqualTo("rw-------");
        assertThat(migrate(key.environment())).isOne();
        assertThat(error.toString()).contains("ring.json exists. Name a file that does not");
    }

    @Test
    @DisplayName("has other names of claims as parameters")
    void parameters() throws IOException {
        String environment = "JWT_ALGORITHM=HS256\nJWT_SECRET=u8Jd0-Qm3xZ7cVb5nK1pLs9RtYw2Ef4GhAq6TiUo\n"
                + "JWT_EXPIRES_IN='2 days'\nPLUGIN_JWT_USER_ID_FIELD=\"user\"\nPLUGIN_JWT_COMPANY_ID_FIELD=team # ours";
        assertThat(migrate(environment)).as(error.toString()).isZero();
        assertThat(out.toString())
                .contains("Algorithm=HS256 ExpiresIn=\"'2 days'\" UserIdField=user CompanyIdField=team");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLUGIN_JWT_SECRET=x | PLUGIN_JWT_ALGORITHM: is not set",
                "PLUGIN_JWT_ALGORITHM=none | PLUGIN_JWT_ALGORITHM: is none",
                "PLUGIN_JWT_ALGORITHM=HS256 | PLUGIN_JWT_SECRET: is not set",
                "PLUGIN_JWT_EXPIRES_IN=1e3 | PLUGIN_JWT_EXPIRES_IN: not a lifetime: \"1e3\"",
                "PLUGIN_JWT_EXPIRES_IN=0 | a lifetime must be at least one second",
                "A=1 | PLUGIN_JWT_EXPIRES_IN: is not set"
            })
    @DisplayName("tells every variable with which the portal issues no keys")
    void unusable(String environment, String problem) throws IOException {
        assertThat(migrate(environment)).isOne();
        assertThat(error.toString()).contains(problem);
        assertThat(folder.resolve("ring.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"shortsecret1234", "your-256-bit-secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    @DisplayName("takes no secret over whose keys everybody may forge, and does not show it")
    void forgeable(String secret) throws IOException {
        assertThat(migrate("PLUGIN_JWT_ALGORITHM=HS256\nPLUGIN_JWT_EXPIRES_IN=30d\nPLUGIN_JWT_SECRET=" + secret))
                .isOne();
        assertThat(error.toString())
                .contains(
                        "PLUGIN_JWT_SECRET: ",
                        "Nothing was written. Where it is too weak, whoever tries can forge its keys")
                .doesNotContain(secret);
        assertThat(folder.resolve("ring.json")).doesNotExist();
    }

    @Test
    @DisplayName("tells a file that is not there")
    void noFile() {
        assertThat(run(
                        folder.resolve("ring.json").toString(),
                        folder.resolve("nowhere").toString()))
                .isOne();
        assertThat(error.toString()).contains("there is no file").contains("nowhere");
        assertThat(run("ring.json", ".")).isOne();
        assertThat(error.toString()).contains("is a folder. Name the portal's .env in it");
    }

    @Test
    @DisplayName("tells a misspelt option, one that is missing, and a folder that is not there")
    void options() throws IOException, JsonSyntaxException {
        CommandLine line = MigrateMain.commandLine(Clock.systemUTC(), folder);
        line.setErr(new PrintWriter(error));
        assertThat(line.execute("--outptu", "ring.json", ".env")).isEqualTo(2);
        assertThat(error.toString()).contains("--outptu");
        assertThat(line.execute(".env")).isEqualTo(2);
        assertThat(error.toString()).contains("--output names a new file for the key ring. It is needed");
        Files.writeString(
                folder.resolve(".env"), portalKeys().findFirst().orElseThrow().environment());
        assertThat(run("nowhere/ring.json", ".env")).isOne();
        assertThat(error.toString()).contains("there is no folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "A=b|b",
                "A = b |b",
                "export A=b|b",
                "A='b # c'|b # c",
                "A=b # c|b",
                "A=\"b\\nc\"|b$c",
                "A='b\\nc'|b\\nc",
                "A=`b'c`|b'c",
                "A=x$A=b|b",
                "A: b|b"
            })
    @DisplayName("reads .env as the portal does")
    void readsEnvironment(String text, String value) {
        assertThat(PortalEnvironment.read(text.replace('$', '\n')).get("A")).contains(value.replace('$', '\n'));
    }
}

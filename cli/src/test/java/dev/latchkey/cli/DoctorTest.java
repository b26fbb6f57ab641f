package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.deployment.Finding;
import dev.latchkey.cli.deployment.Finding.Outcome;
import dev.latchkey.jwt.Reason;
import dev.latchkey.moesif.Customer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@DisplayName("The doctor")
class DoctorTest {

    private static final String ISSUED_AT = "2026-03-01T12:00:00Z";

    private final FakeStack stack = new FakeStack();
    private final List<Duration> waited = new ArrayList<>();

    @Test
    @DisplayName("finds a healthy stack well, and ends the key that it was issued")
    void healthy() {
        List<Finding> findings = examine();
        assertThat(findings)
                .hasSizeGreaterThan(24)
                .allSatisfy(finding ->
                        assertThat(finding.outcome()).as(finding.check()).isEqualTo(Outcome.OK));
        assertThat(stack.asked)
                .extracting(event -> event.string("action").orElseThrow())
                .containsExactly("createApiKey", "revokeApiKey");
        assertThat(stack.asked)
                .allSatisfy(event -> assertThat(event.string("customerId")).contains(Customer.CANARY));
        assertThat(stack.asked.get(0).string("expiresIn")).contains("5m");
        assertThat(stack.asked.get(1).string("keyId")).contains("id-1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "refused: alg none; eyJhbGciOiJub25lI.*",
                "refused: no signature; [^.]*[.][^.]*[.]",
                "refused: another scheme; Basic .*",
                "refused: two parts; eyJ[^.]*[.][^.]*",
                "refused: no key; Bearer"
            })
    @DisplayName("rings where a door lets in what it must not, and ends its key all the same")
    void open(String check, String pattern) {
        stack.letsIn = pattern;
        Finding finding = the(check, examine());
        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.found()).isEqualTo("let in");
        assertThat(stack.asked).hasSize(2);
    }

    @Test
    @DisplayName("rings where a revoked key is let in still after 15 seconds")
    void notRevoked() {
        stack.isRevokedAtDoors = false;
        assertThat(the("a revoked key is refused", examine()).found()).isEqualTo("still let in after 15 s");
        assertThat(waited).hasSize(16).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("waits for no refusal where issue-key keeps no records of keys")
    void notKept() {
        stack.revoking = "{\"error\":{\"code\":\"not_implemented\",\"message\":\"no table\"}}";
        assertThat(the("a revoked key is refused", examine()).outcome()).isEqualTo(Outcome.SKIPPED);
        stack.revoking = "{\"error\":{\"code\":\"internal_error\",\"message\":\"down\"}}";
        assertThat(the("a revoked key is refused", examine()).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("rings where the public keys lack the one that signed, or the list is not there")
    void published() {
        stack.jwks = "{\"keys\":[{\"kid\":\"k2\"}]}";
        assertThat(the("the public keys", examine()).found()).isEqualTo("the key's, k1, is not among them");
        stack.listStatus = 503;
        assertThat(the("the status list", examine()).found()).isEqualTo("503 of " + FakeStack.LISTS);
    }

    @Test
    @DisplayName("rings where a policy opens one route, which API Gateway would keep for all")
    void narrow() {
        stack.policy = stack.policy.replace("prod/*", "prod/GET/orders");
        assertThat(the("the policy reaches other routes", examine()).outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"5, OK", "-5, OK", "6, FAILED", "-6, FAILED"})
    @DisplayName("forgives clocks that differ by 5 seconds, and no more")
    void clocks(int seconds, Outcome outcome) {
        assertThat(the("the clocks", examineAt(Instant.parse(ISSUED_AT).plusSeconds(seconds)))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    @DisplayName("takes a key's usual lifetime where 5 minutes are refused, and tells what issue-key refuses else")
    void refused() {
        stack.issued =
                "{\"error\":{\"code\":\"invalid_request\",\"message\":\"expiresIn is at most 1 minute, got 5 minutes\"}}";
        assertThat(examine()).extracting(Finding::outcome).containsOnly(Outcome.OK);
        stack.issued =
                "{\"error\":{\"code\":\"not_implemented\",\"message\":\"own does not implement name and expiresIn\"}}";
        assertThat(examine().get(0).remedy()).contains("let the plugin take expiresIn");
        stack.issued = "{\"error\":{\"code\":\"invalid_request\",\"message\":\"scopes: a is not allowed\"}}";
        List<Finding> findings = examine();
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).found()).isEqualTo("scopes: a is not allowed");
    }

    @Test
    @DisplayName("tries doors with a plugin's own kind of key, too, and makes nothing of it")
    void opaque() {
        stack.issued = "{\"apikey\":\"opaque\"}";
        List<Finding> findings = examine();
        assertThat(findings).extracting(Finding::check).noneMatch(check -> check.startsWith("refused"));
        assertThat(the("a revoked key is refused", findings).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    @DisplayName("has a remedy for each reason for which a good key can be refused")
    void remedies(Reason reason) {
        Set<Reason> ofBadKeys = Set.of(
                Reason.SEVERAL_TOKENS,
                Reason.TOKEN_TOO_LARGE,
                Reason.MALFORMED_TOKEN,
                Reason.MALFORMED_HEADER,
                Reason.UNSUPPORTED_HEADER,
                Reason.MALFORMED_CLAIMS,
                Reason.MISSING_EXPIRY,
                Reason.EXPIRY_NOT_IN_SECONDS,
                Reason.REVOKED,
                Reason.SUSPENDED);
        assertThat(Remedy.of(reason.code()).startsWith("docs/checks.md")).isEqualTo(ofBadKeys.contains(reason));
    }

    @Test
    @DisplayName("prints what it found, exits by it, and never prints the key")
    void printed() {
        StringWriter output = new StringWriter();
        assertThat(run(output, "--endpoint", "http://127.0.0.1:9", "--issue-key", "issue", "--authorizer", "door"))
                .isEqualTo(1);
        assertThat(output.toString())
                .contains(
                        "ok      the key at a REST API, TOKEN",
                        "FAILED  the clocks",
                        "remedy: set this machine's clock")
                .containsPattern("1 of [0-9]+ checks failed")
                .doesNotContain("eyJ", stack.key);
        StringWriter json = new StringWriter();
        assertThat(run(
                        json,
                        "--endpoint",
                        "http://127.0.0.1:9",
                        "--issue-key",
                        "issue",
                        "--authorizer",
                        "door",
                        "--json"))
                .isEqualTo(1);
        assertThat(FakeStack.json(json.toString().strip()).has("checks")).isTrue();
        assertThat(json.toString()).doesNotContain("eyJ");
        assertThat(run(new StringWriter(), "--colour")).isEqualTo(2);
        assertThat(Canary.of(FakeStack.json(stack.issued)).toString()).isEqualTo("the canary id-1");
    }

    private int run(StringWriter output, String... arguments) {
        CommandLine line = DoctorMain.commandLine(new DoctorMain(endpoint -> stack, stack, Map.of()));
        return line.setOut(new PrintWriter(output))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    private List<Finding> examine() {
        return examineAt(Instant.parse(ISSUED_AT));
    }

    private List<Finding> examineAt(Instant now) {
        stack.issueAnew();
        return new Doctor(stack, stack, "issue", "door", List.of(), Clock.fixed(now, ZoneOffset.UTC), waited::add)
                .examine();
    }

    private static Finding the(String check, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings.toString()));
    }
}

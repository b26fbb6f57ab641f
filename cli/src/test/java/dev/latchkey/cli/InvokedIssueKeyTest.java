package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A call of issue-key")
@Timeout(20)
class InvokedIssueKeyTest {

    private static final JsonObject REQUEST =
            new JsonObjectBuilder().put("action", "listApiKeys").build();

    private HttpServer server;
    private int status = 200;
    private String errorType = "";
    private String body = "{\"keys\":[]}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                if (!errorType.isEmpty()) {
                    exchange.getResponseHeaders().set("x-amzn-ErrorType", errorType);
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private JsonObject ask() {
        return new InvokedIssueKey("IssueKeyFunction", endpoint(), Map.of()).ask(REQUEST);
    }

    private void assertFails(String message) {
        assertThatExceptionOfType(FailedCallException.class)
                .isThrownBy(this::ask)
                .withMessage(message);
    }

    @Test
    @DisplayName("gives the function's answer")
    void answer() {
        assertThat(ask()).hasToString("{\"keys\":[]}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "403 | MissingAuthenticationTokenException | {\"message\":\"Missing Authentication Token\"}",
                "404 | ''                                  | {\"message\":\"Not Found\"}",
                "403 | ''                                  | {\"message\":\"Only the playground's own page may ask for this\"}",
                "404 | ''                                  | <html></html>",
            })
    @DisplayName("of something else than Lambda says so, and where Lambda's address stands")
    void otherServer(int status, String errorType, String body) {
        this.status = status;
        this.errorType = errorType;
        this.body = body;

        assertFails("IssueKeyFunction was not called: what answers at " + endpoint() + " is not Lambda. scripts/local"
                + " prints the address behind \"Lambda's Invoke API is at\"");
    }

    @Test
    @DisplayName("where nothing listens says so within seconds")
    void nothing() {
        server.stop(0);
        long start = System.nanoTime();

        assertFails("IssueKeyFunction was not called: nothing answers at " + endpoint()
                + ". Is scripts/local running? It prints the address behind \"Lambda's Invoke API is at\"");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("of a function that is not there names where names stand")
    void noFunction() {
        status = 404;
        errorType = "ResourceNotFoundException";
        body = "{\"Type\":\"User\",\"Message\":\"Function not found: arn:aws:lambda:us-east-1:1:function:x\"}";

        assertFails("IssueKeyFunction was not called: Function not found: arn:aws:lambda:us-east-1:1:function:x."
                + " scripts/local knows functions by the template's names, which need not be given");
    }

    @Test
    @DisplayName("with credentials that are over says what to do")
    void credentials() {
        status = 403;
        errorType = "ExpiredTokenException";
        body = "{\"message\":\"The security token included in the request is expired\"}";

        assertFails("IssueKeyFunction was not called: AWS does not take these credentials: The security token included"
                + " in the request is expired. Log in again, or set AWS_PROFILE");
    }

    @Test
    @DisplayName("that is not allowed gives AWS's own words")
    void denied() {
        status = 403;
        errorType = "AccessDeniedException";
        body = "{\"Message\":\"User u is not authorized to perform: lambda:InvokeFunction\"}";

        assertFails("IssueKeyFunction was not called: User u is not authorized to perform: lambda:InvokeFunction"
                + " (AccessDeniedException)");
    }

    @Test
    @DisplayName("needs a region, which may have the AWS CLI's further name, or stand in the function's ARN")
    void region() {
        assertThatExceptionOfType(FailedCallException.class)
                .isThrownBy(() -> new InvokedIssueKey("issue", null, Map.of()))
                .withMessage(
                        "issue was not called: no region is known. Set AWS_REGION, or name the function by its ARN");

        assertThat(new InvokedIssueKey("issue", null, Map.of("AWS_DEFAULT_REGION", "eu-west-1")))
                .isNotNull();
        assertThat(new InvokedIssueKey("arn:aws:lambda:eu-west-1:123456789012:function:issue", null, Map.of()))
                .isNotNull();
    }
}

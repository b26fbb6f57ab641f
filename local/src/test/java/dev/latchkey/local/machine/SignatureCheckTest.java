package dev.latchkey.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.SignatureCheck.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

@DisplayName("A request's signature")
class SignatureCheckTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BODY = "{\"customerId\":\"cus_1\"}";
    private static final String PATH = "/prod/keys/a%20b%2Fc";
    private static final String QUERY = "customerId=cus%201%2F%C3%BC%2B&a=&a=1";
    private static final Path PYTHON = Path.of("../.venv/bin/python");

    private final LoopbackServer server = LoopbackServer.start("signed", 0, "", exchange -> {
        byte[] body = LoopbackServer.body(exchange, 1024).orElseThrow();
        String query = exchange.getRequestURI().getRawQuery();
        Optional<Refusal> refusal = new SignatureCheck("execute-api", Clock.systemUTC())
                .refusal(new SignatureV4.Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        query == null ? "" : query,
                        exchange.getRequestHeaders(),
                        new Payload(body)));
        return Response.json(
                refusal.isEmpty() ? 200 : 403,
                JsonTree.message("message", refusal.map(Refusal::message).orElse("good")),
                Map.of());
    });

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "X-Amz-Date;20260301T115459Z;Signature expired: 20260301T115459Z is now earlier than 20260301T115500Z (20260301T120000Z - 5 min.)",
                "X-Amz-Date;20260301T120501Z;Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z (20260301T120000Z + 5 min.)",
                "X-Amz-Date;20260228T120000Z;Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260301' != '20260228', from '20260228T120000Z'.",
                "X-Amz-Date;20260301Tnoon;Date must be in ISO-8601 'basic format'. Got '20260301Tnoon'. See http://en.wikipedia.org/wiki/ISO_8601",
                "us-east-1;eu-west-1;Credential should be scoped to a valid region. ",
                "execute-api;lambda;Credential should be scoped to correct service: 'execute-api'. ",
                "aws4_request;aws4;Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'. ",
                "=local/;=AKIDEXAMPLE/;The security token included in the request is invalid.",
                "=local/;=local/x/;Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'local/x/20260301/us-east-1/execute-api/aws4_request'",
                "=host;x-amz-date=;'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
                ";x-amz-date;'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.",
                "SignedHeaders=host;Signed=host;Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256"
            })
    @DisplayName("is refused in AWS's words where something of it is wrong")
    void spoilt(String part, String by, String message) {
        // Spoiling is by text, so that the signature itself is wrong as well; what is asked before is told.
        String name = part == null ? ";x-amz-date" : part;
        Map<String, List<String>> headers = signed();
        if (name.equals("X-Amz-Date")) {
            headers.put(name, List.of(by));
        } else if (part == null) {
            spoil(headers, ";x-amz-date", "");
        } else if (name.equals("=host")) {
            spoil(headers, "=host;x-amz-date", "=x-amz-date");
        } else {
            spoil(headers, name, by);
        }
        assertThat(refusal(headers, BODY))
                .map(refusal -> refusal.message().strip())
                .contains(message);
    }

    @Test
    @DisplayName("is of the method, the path, the query, the body and the signed headers")
    void ofWhat() {
        assertThat(refusal(signed(), BODY)).isEmpty();
        assertThat(refusal(signed(), BODY + " ")).map(Refusal::type).contains("InvalidSignatureException");
        for (SignatureV4.Request other : List.of(
                new SignatureV4.Request("PUT", PATH, QUERY, signed(), new Payload(bytes())),
                new SignatureV4.Request("POST", PATH + "/", QUERY, signed(), new Payload(bytes())),
                new SignatureV4.Request("POST", PATH, QUERY + "2", signed(), new Payload(bytes())))) {
            assertThat(check(NOW).refusal(other).map(Refusal::message).orElse("good"))
                    .startsWith(
                            "The request signature we calculated does not match the signature you provided. Check your"
                                    + " AWS Secret Access Key and signing method. Consult the service documentation for details.")
                    .doesNotContain("AWS4local");
        }
        Map<String, List<String>> host = signed();
        host.put("host", List.of("elsewhere"));
        assertThat(refusal(host, BODY)).isPresent();
    }

    @Test
    @DisplayName("lasts for 5 minutes, and may be 5 minutes ahead")
    void time() {
        for (Duration later : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
            assertThat(check(NOW.plus(later)).refusal(request(signed(), BODY))).isEmpty();
            Instant beyond = NOW.plus(later).plusSeconds(later.isNegative() ? -1 : 1);
            assertThat(check(beyond).refusal(request(signed(), BODY))).isPresent();
        }
    }

    @Test
    @DisplayName("by AWS's SDK for Java is taken, with the right key alone")
    void byTheSdk() throws Exception {
        assertThat(bySdk("local", "execute-api")).contains("good");
        assertThat(bySdk("other", "execute-api")).contains("does not match the signature you provided");
        assertThat(bySdk("local", "lambda")).contains("Credential should be scoped to correct service: 'execute-api'");
    }

    @Test
    @DisplayName("by curl is taken, with the right key alone")
    void byCurl() throws Exception {
        Assumptions.assumeTrue(run("curl", "--help", "all").contains("--aws-sigv4"), "curl is older than 7.75");
        assertThat(byCurl("local", "us-east-1")).contains("good");
        assertThat(byCurl("other", "us-east-1")).contains("does not match the signature you provided");
        assertThat(byCurl("local", "eu-west-1")).contains("Credential should be scoped to a valid region");
    }

    @Test
    @DisplayName("by the command in docs/deploying.md is taken, with the credentials of scripts/local")
    void asDocumented() throws Exception {
        Assumptions.assumeTrue(run("curl", "--help", "all").contains("--aws-sigv4"), "curl is older than 7.75");
        Matcher command = Pattern.compile("(?s)```bash\n(curl --aws-sigv4 .*?)```")
                .matcher(Files.readString(Path.of("../docs/deploying.md")));
        assertThat(command.find()).isTrue();
        String variables = "export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local"
                + " API_URL=http://127.0.0.1:" + server.port() + "/prod; unset AWS_SESSION_TOKEN; ";
        assertThat(run("bash", "-c", variables + command.group(1))).contains("good");
        assertThat(run("bash", "-c", variables + "AWS_SECRET_ACCESS_KEY=other; " + command.group(1)))
                .contains("does not match the signature you provided");
    }

    @Test
    @DisplayName("by botocore is taken, with the right key alone")
    void byBotocore() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
        assertThat(byBotocore("local")).contains("good");
        assertThat(byBotocore("other")).contains("does not match the signature you provided");
    }

    private String bySdk(String secret, String service) throws IOException, InterruptedException {
        ContentStreamProvider payload = ContentStreamProvider.fromUtf8String(BODY);
        SdkHttpRequest unsigned = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri())
                .putHeader("Content-Type", "application/json")
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create("local", secret))
                        .request(unsigned)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(signed.request().getUri()).POST(BodyPublishers.ofString(BODY));
        signed.request().headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private String byCurl(String secret, String region) throws IOException, InterruptedException {
        return run(
                "curl",
                "-sS",
                "--aws-sigv4",
                "aws:amz:" + region + ":execute-api",
                "--user",
                "local:" + secret,
                "-H",
                "Content-Type: application/json",
                "-d",
                BODY,
                "http://127.0.0.1:" + server.port() + "/prod/create-key");
    }

    private String byBotocore(String secret) throws IOException, InterruptedException {
        return run(PYTHON.toString(), "-c", """
                import sys, urllib.request
                from botocore.auth import SigV4Auth
                from botocore.awsrequest import AWSRequest
                from botocore.credentials import Credentials
                uri, secret, body = sys.argv[1:]
                request = AWSRequest("POST", uri, data=body, headers={"Content-Type": "application/json"})
                SigV4Auth(Credentials("local", secret), "execute-api", "us-east-1").add_auth(request)
                sent = urllib.request.Request(uri, body.encode(), dict(request.headers), method="POST")
                try:
                    print(urllib.request.urlopen(sent).read().decode())
                except urllib.error.HTTPError as refused:
                    print(refused.read().decode())
                """, uri().toString(), secret, BODY);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.port() + PATH + "?" + QUERY);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static Map<String, List<String>> signed() {
        URI uri = URI.create("http://127.0.0.1:3000" + PATH + "?" + QUERY);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("host", List.of("127.0.0.1:3000"));
        SignatureV4.headers("POST", uri, "execute-api", bytes(), NOW)
                .forEach((name, value) -> headers.put(name, new ArrayList<>(List.of(value))));
        return headers;
    }

    private static void spoil(Map<String, List<String>> headers, String part, String by) {
        headers.computeIfPresent(
                "Authorization", (name, values) -> List.of(values.get(0).replace(part, by)));
    }

    private static Optional<Refusal> refusal(Map<String, List<String>> headers, String body) {
        return check(NOW).refusal(request(headers, body));
    }

    private static SignatureV4.Request request(Map<String, List<String>> headers, String body) {
        return new SignatureV4.Request(
                "POST", PATH, QUERY, headers, new Payload(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static SignatureCheck check(Instant now) {
        return new SignatureCheck("execute-api", Clock.fixed(now, ZoneOffset.UTC));
    }

    private static byte[] bytes() {
        return BODY.getBytes(StandardCharsets.UTF_8);
    }
}

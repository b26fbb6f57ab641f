package dev.latchkey.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Function zips and definitions with valid defaults. */
final class Fixtures {
    private Fixtures() {}

    /** A zip of the fixture handlers' classes, as a build makes it. */
    static Path zip(Path folder) throws IOException {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        Path zip = folder.resolve("fixture.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes.resolve("dev/latchkey/local/fixture"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return zip;
    }

    static FunctionDefinition function(Path zip, String handler, Duration timeout) {
        return new FunctionDefinition(
                "Fixture",
                "java25",
                zip,
                "dev.latchkey.local.fixture." + handler,
                Map.of("FROM_TEMPLATE", "template", "OVERRIDDEN", "template"),
                timeout,
                256,
                "JSON",
                "DEBUG");
    }

    static Template template(String yaml, Map<String, String> parameters) {
        return Template.parse(yaml, "template.yaml", Path.of("/project"), parameters);
    }

    static Payload payload(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    static InvocationResult success(String text) {
        return new InvocationResult.Success(payload(text));
    }

    static InvocationResult thrown(String message) {
        return InvocationResult.functionError(Json.bytes(
                Json.object().put("errorType", "java.lang.RuntimeException").put("errorMessage", message)));
    }

    /** An authorizer's answer with one statement. */
    static String answer(String effect, String resource) {
        return """
                {"principalId": "cus_1",
                 "policyDocument": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "%s", "Action": "execute-api:Invoke", "Resource": "%s"}]},
                 "context": {"company_id": "cus_1", "count": 3, "vip": true}}""".formatted(effect, resource);
    }

    static ApiRequest request(String method, String path, Map<String, List<String>> headers) {
        var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new ApiRequest(
                "request-1", Instant.EPOCH, method, path, anyCase, Map.of(), "", payload(""), "127.0.0.1");
    }

    /** A clock that stands until it is moved. */
    static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

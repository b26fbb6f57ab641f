package dev.latchkey.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.machine.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The emulated AWS services")
class ServicesTest {

    private final Services services =
            Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();

    @BeforeEach
    void secret() {
        services.createSecret("a/b", "the-signing-key");
    }

    @AfterEach
    void end() {
        services.close();
    }

    private String answer(String method, String headers) throws IOException {
        return answer(method, "/", headers);
    }

    private String answer(String method, String path, String headers) throws IOException {
        String body = "{\"SecretId\":\"a/b\"}";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), services.endpoint().getPort())) {
            String request = method + " " + path + " HTTP/1.1\r\n" + headers
                    + "\r\nX-Amz-Target: secretsmanager.GetSecretValue\r\nContent-Type: application/x-amz-json-1.1\r\n"
                    + "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/secretsmanager/aws4_request,"
                    + " SignedHeaders=host, Signature=0\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    @DisplayName("answer programs of this machine")
    void programs() throws IOException {
        assertThat(services.call(
                                "secretsmanager",
                                "secretsmanager.GetSecretValue",
                                JsonTree.object().put("SecretId", "a/b"))
                        .path("SecretString")
                        .asText())
                .isEqualTo("the-signing-key");
        assertThat(answer("POST", "Host: localhost:1"))
                .startsWith("HTTP/1.1 200")
                .contains("the-signing-key");
    }

    @Test
    @DisplayName("T2: let nobody record, replay or reset them")
    void ownApi() throws IOException {
        for (String path : new String[] {"/moto-api/recorder/start-recording", "/moto-api/reset", "/moto-api"}) {
            assertThat(answer("GET", path, "Host: 127.0.0.1")).startsWith("HTTP/1.1 403");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Host: 127.0.0.1\r\nOrigin: https://evil.example",
                "Host: 127.0.0.1\r\nOrigin: null",
                "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site",
                "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1:3003",
                "Host: evil.example",
                "Host: secretsmanager.us-east-1.amazonaws.com",
                "Host: 127.0.0.1.evil.example:80",
            })
    @DisplayName("T1, T2: answer no page, by whatever name or origin, and allow none to ask")
    void pages(String headers) throws IOException {
        for (String method : new String[] {"POST", "GET", "OPTIONS"}) {
            assertThat(answer(method, headers))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("the-signing-key")
                    .doesNotContainIgnoringCase("access-control-");
        }
    }
}

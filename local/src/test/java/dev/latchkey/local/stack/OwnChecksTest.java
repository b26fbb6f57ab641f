package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.local.fixture.CustomerCheck;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer that template.yaml gives the authorizer for checks of one's own, tried on the built package. */
@DisplayName("Q: A check of one's own")
class OwnChecksTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");

    @Test
    @DisplayName("Q2: in a layer named by AuthorizerLayerArn is asked about every good key, on both APIs")
    void layer(@TempDir Path folder) throws Exception {
        Path layer = folder.resolve("layer.zip");
        try (OutputStream out = Files.newOutputStream(layer);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, "java/lib/own-check.jar", jar());
        }
        Map<String, Map<String, String>> key =
                Map.of("AuthorizerFunction", Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "PLUGIN_JWT_SECRET_ID", ""));
        StackOptions options = StackOptions.defaults().withEnvironment(key);
        Template template = Template.read(TEMPLATE, Map.of("AuthorizerLayerArn", layer.toString()));
        try (LocalStack stack = LocalStack.start(template, options, StackListener.none())) {
            for (String api : new String[] {
                stack.apiUrl().toString(), stack.httpApiUrl().orElseThrow().toString()
            }) {
                assertThat(status(api, "cus_good")).isEqualTo(200);
                assertThat(status(api, "cus_bad")).isEqualTo(403);
            }
        }
    }

    @Test
    @DisplayName("Q2: in a layer that is not on this machine is no check that could be forgotten, but an error")
    void layerOfAws() {
        String arn = "arn:aws:lambda:us-east-1:123456789012:layer:checks:1";
        assertThatThrownBy(() -> Template.read(TEMPLATE, Map.of("AuthorizerLayerArn", arn)))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("AuthorizerFunction.Properties.Layers");
    }

    private static byte[] jar() throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(jar)) {
            String name = CustomerCheck.class.getName();
            add(entries, "META-INF/services/" + TokenCheck.class.getName(), name.getBytes(StandardCharsets.US_ASCII));
            String file = name.replace('.', '/') + ".class";
            add(
                    entries,
                    file,
                    Files.readAllBytes(Path.of("target", "test-classes").resolve(file)));
        }
        return jar.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }

    private static int status(String api, String customer) throws Exception {
        long now = Instant.now().getEpochSecond();
        String token = TestTokens.good("HS256")
                .claim("iat", now)
                .claim("exp", now + 3600)
                .claim("org_id", customer)
                .hs256(TestKeys.SECRET);
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/orders"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}

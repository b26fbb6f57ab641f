package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.fixture.CheckLayer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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
        Path layer = CheckLayer.in(folder);
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

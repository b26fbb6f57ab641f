package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.tests.annotations.Event;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in events/, which sam local invoke takes, too. */
class EventFilesTest {

    private final TestAuthorizer authorizer;

    EventFilesTest() throws Exception {
        JsonObject env = json("env.json").object("AuthorizerFunction");
        authorizer = TestAuthorizer.with(
                "JWT_VERIFY_KEY", env.string("JWT_VERIFY_KEY").orElseThrow(),
                "PLUGIN_JWT_SECRET_ID", env.string("PLUGIN_JWT_SECRET_ID").orElseThrow(),
                "JWT_ALGORITHMS", env.string("JWT_ALGORITHMS").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorizer-token.json", "authorizer-token-bare.json", "authorizer-request.json"})
    void aGoodKeyIsAnsweredByTheGoldenAllowPolicy(String file) throws Exception {
        assertThat(authorizer.call(bytes(file))).isEqualTo(json("authorizer-policy-allow.json"));
    }

    @Test
    void aGoodKeyWithoutACompanyIsAnsweredByTheGoldenDenyPolicy() throws Exception {
        assertThat(authorizer.call(bytes("authorizer-token-without-company.json")))
                .isEqualTo(json("authorizer-policy-deny.json"));
        assertThat(authorizer.reason()).isEqualTo("missing_company");
    }

    @ParameterizedTest
    @CsvSource({
        "authorizer-token-missing.json, missing_token",
        "authorizer-token-expired.json, expired",
        "authorizer-token-without-expiry.json, missing_expiry",
        "authorizer-token-changed-payload.json, bad_signature",
        "authorizer-token-other-secret.json, bad_signature",
        "authorizer-token-alg-none.json, wrong_algorithm",
        "authorizer-token-other-algorithm.json, wrong_algorithm",
        "authorizer-token-other-audience.json, wrong_audience",
        "authorizer-token-basic-scheme.json, malformed_authorization",
        "authorizer-token-malformed.json, malformed_token",
        "authorizer-request-two-tokens.json, several_tokens",
        "authorizer-request-without-headers.json, missing_token",
    })
    void aBadKeyIsUnauthorizedAndTheLogTellsWhy(String file, String reason) throws Exception {
        byte[] event = bytes(file);
        assertThatThrownBy(() -> authorizer.call(event))
                .isExactlyInstanceOf(Unauthorized.class)
                .hasMessage("Unauthorized");
        assertThat(authorizer.reason()).isEqualTo(reason);
    }

    @Test
    void anotherKindOfEventIsAnErrorThatTellsWhatWasExpected() throws Exception {
        byte[] event = bytes("authorizer-unknown-event.json");
        assertThatThrownBy(() -> authorizer.call(event))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("TOKEN or REQUEST");
    }

    @ParameterizedTest
    @Event(value = "events/authorizer-token.json", type = APIGatewayCustomAuthorizerEvent.class)
    void anEventOfTheTypeThatAwsPublishesIsReadAlike(APIGatewayCustomAuthorizerEvent event) throws Exception {
        assertThat(event.getType()).isEqualTo("TOKEN");
        PojoSerializer<APIGatewayCustomAuthorizerEvent> serializer = LambdaEventSerializers.serializerFor(
                APIGatewayCustomAuthorizerEvent.class, EventFilesTest.class.getClassLoader());
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        serializer.toJson(event, typed);
        assertThat(authorizer.call(typed.toByteArray())).isEqualTo(json("authorizer-policy-allow.json"));
    }

    private static JsonObject json(String file) throws IOException, JsonSyntaxException {
        return JsonReader.readObject(bytes(file), new JsonLimits(8192, 8));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream stream = EventFilesTest.class.getResourceAsStream("/events/" + file)) {
            return Objects.requireNonNull(stream, file).readAllBytes();
        }
    }
}

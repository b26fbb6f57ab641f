package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.Mutations;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for all events: an answer, Unauthorized or UnknownEventException. */
class EventPropertiesTest {

    private static final String TOKEN = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private static final List<String> EVENTS = List.of(
            "{\"type\":\"TOKEN\",\"authorizationToken\":\"Bearer " + TOKEN + "\",\"methodArn\":\"" + TestAuthorizer.ARN
                    + "\"}",
            "{\"type\":\"REQUEST\",\"methodArn\":\"" + TestAuthorizer.ARN + "\",\"headers\":{\"Authorization\":\""
                    + TOKEN + "\"},\"multiValueHeaders\":{\"Authorization\":[\"" + TOKEN
                    + "\"]},\"queryStringParameters\":null,\"requestContext\":{\"requestId\":\"gateway-1\"}}");

    private final TestAuthorizer authorizer = TestAuthorizer.with();

    @Property(seed = "1")
    void anyBytesAreAnUnknownEvent(@ForAll byte[] bytes) {
        assertThat(isAnswered(bytes)).isFalse();
    }

    @Property(seed = "2", tries = 2000)
    void aChangedEventHasOneOfThreeAnswers(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        isAnswered(mutations.change(mutations.pick(EVENTS).getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isAnswered(byte[] event) {
        try {
            JsonObject answer = authorizer.call(event);
            assertThat(answer.string("principalId")).contains("cus_1");
            assertThat(TestAuthorizer.effect(answer)).isEqualTo("Allow");
            return true;
        } catch (Unauthorized | UnknownEventException sanctioned) {
            return false;
        }
    }
}

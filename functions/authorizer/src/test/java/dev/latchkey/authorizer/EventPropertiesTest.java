package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authorizer.AuthorizerFuzzTarget.Outcome;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.Mutations;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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

    @Test
    void aFloodOfChangedEventsHasOneOfThreeOutcomesEachAndAllOfThemAreCounted() {
        List<byte[]> events = EVENTS.stream()
                .map(event -> event.getBytes(StandardCharsets.UTF_8))
                .toList();
        Map<Outcome, Long> outcomes = EventFlood.pour(20_000, 1, events, AuthorizerFuzzTarget::outcome);
        assertThat(outcomes).containsOnlyKeys(Outcome.values());
        assertThat(outcomes.values()).allMatch(many -> many > 500);
        assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(20_000);
    }

    @Test
    void aFloodEndsAtTheFirstEventWithAnotherOutcomeAndTellsItsSeed() {
        List<byte[]> seen = new ArrayList<>();
        EventFlood.Target breaking = event -> {
            seen.add(event);
            if (seen.size() == 3) {
                throw new StackOverflowError("deep");
            }
            return Outcome.UNAUTHORIZED;
        };
        List<byte[]> events = List.of("event".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EventFlood.pour(10, 7, events, breaking))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("finding at seed 9, the input in base64: ")
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(seen).hasSize(3);
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

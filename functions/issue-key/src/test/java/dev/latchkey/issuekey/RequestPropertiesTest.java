package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for all requests: an answer with a known status, or a direct one with a key, a user or an error. */
class RequestPropertiesTest {

    private static final String FIELDS = "\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"subscriptionId\":\"sub_1\"";
    private static final List<String> EVENTS = List.of(
            "{\"action\":\"createApiKey\"," + FIELDS + "}",
            "{\"action\":\"createApiKey\",\"idempotencyKey\":\"once\"," + FIELDS + "}",
            "{\"action\":\"provisionUser\"," + FIELDS + "}",
            "{\"action\":\"getUser\"," + FIELDS + "}",
            "{\"httpMethod\":\"GET\",\"path\":\"/user\",\"requestContext\":{},\"queryStringParameters\":{" + FIELDS
                    + "}}",
            "{\"version\":\"2.0\",\"rawPath\":\"/create-key\",\"requestContext\":{\"http\":{\"method\":\"POST\"}},"
                    + "\"headers\":{\"content-type\":\"application/json\"},\"isBase64Encoded\":true,\"body\":"
                    + "\"eyJjdXN0b21lcklkIjoiY3VzXzEiLCJlbWFpbCI6ImFAYi5jbyJ9\"}",
            TestIssuer.httpEvent("{" + FIELDS + "}"));
    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 404, 501);

    private final TestIssuer issuer = TestIssuer.with();

    @Property(seed = "1")
    void anyBytesAreRefused(@ForAll byte[] bytes) {
        assertThat(issuer.call(bytes).has("error")).isTrue();
    }

    @Property(seed = "2", tries = 2000)
    void aChangedRequestIsAnsweredAndNeverFails(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        JsonObject answer = issuer.call(mutations.change(mutations.pick(EVENTS).getBytes(StandardCharsets.UTF_8)));
        if (answer.has("statusCode")) {
            assertThat(STATUSES).contains(TestIssuer.status(answer));
        } else {
            assertThat(List.of("apikey", "id", "error")).anyMatch(answer::has);
        }
    }

    @Property(seed = "3", tries = 500)
    void aRequestFailsInOneWayOnlyWhereThereIsNoKey(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        TestIssuer withoutKey = TestIssuer.withoutKey();
        try {
            withoutKey.call(mutations.change(mutations.pick(EVENTS).getBytes(StandardCharsets.UTF_8)));
        } catch (InternalErrorException sanctioned) {
            assertThat(sanctioned).hasMessageContaining("internal error");
        }
    }
}

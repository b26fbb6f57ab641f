package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The record of a decision")
class DecisionRecordTest {

    private final TestAuthorizer authorizer = TestAuthorizer.with();

    @Test
    @DisplayName("tells how long it took in microseconds, which is no longer than the call took")
    void microseconds() {
        String token = TestTokens.good("HS256").hs256(TestKeys.SECRET);

        long start = System.nanoTime();
        authorizer.token(token);
        long took = (System.nanoTime() - start) / 1000;

        assertThat(authorizer.logged().get("microseconds"))
                .get()
                .isInstanceOfSatisfying(
                        JsonNumber.class,
                        number -> assertThat(number.value().longValueExact()).isBetween(0L, took));
    }

    @Test
    @DisplayName("says of an allowed key that it was accepted, of a denied one that it was refused, and counts both")
    void messages() {
        authorizer.token(TestTokens.good("HS256").hs256(TestKeys.SECRET));
        assertThat(authorizer.log.last()).contains("\"message\":\"key accepted\"", "\"Allowed\":1");

        authorizer.token(TestTokens.good("HS256").withoutClaim("org_id").hs256(TestKeys.SECRET));
        assertThat(authorizer.log.last()).contains("\"message\":\"key refused\"", "\"Denied\":1");
    }

    @Test
    @DisplayName("of a failure of our own counts an error")
    void failure() {
        assertThatThrownBy(() -> authorizer.call("{}")).isExactlyInstanceOf(UnknownEventException.class);
        assertThat(authorizer.log.last()).contains("\"message\":\"authorizer failed\"", "\"Errors\":1");
    }
}

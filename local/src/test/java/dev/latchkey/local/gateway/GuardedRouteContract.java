package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.testing.Fixtures;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What API Gateway does on a route that an authorizer guards, be it of a REST API or of an HTTP API. */
interface GuardedRouteContract {

    /** The API, which has such a route, and a function behind another that is open. */
    ServedApi served();

    /** Calls the route with a key. */
    HttpResponse<String> call(String key) throws Exception;

    /** Calls the open route with a header of that many characters. */
    HttpResponse<String> callWithHeaderOf(int characters) throws Exception;

    /** Asserts that an answer is this kind of API's 401. */
    void assertUnauthorized(HttpResponse<String> response);

    /** Asserts that an answer is this kind of API's 500. */
    void assertServerError(HttpResponse<String> response);

    @AfterEach
    default void close() {
        served().close();
    }

    @Test
    default void aFunctionErrorWithExactlyTheMessageUnauthorizedIsUnauthorizedAndNotKept() throws Exception {
        served().decide(Fixtures.thrown("Unauthorized"));
        assertUnauthorized(call("token"));
        assertUnauthorized(call("token"));
        assertThat(served().authorizerEvents()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthorized", "Unauthorized ", "Unauthorized: expired", ""})
    default void anyOtherFunctionErrorIsAServerError(String message) throws Exception {
        served().decide(Fixtures.thrown(message));
        assertServerError(call("token"));
    }

    @Test
    default void aTimeoutOrACrashOfTheAuthorizerIsAServerError() throws Exception {
        served().decide(new InvocationResult.Timeout("id", Duration.ofSeconds(10)));
        assertServerError(call("token"));
        served().decide(new InvocationResult.Crash("Runtime.ExitError", "gone"));
        assertServerError(call("token"));
    }

    @Test
    default void anAnswerIsKeptForItsKeyOnly() throws Exception {
        call("token");
        call("tother");
        assertThat(served().authorizerEvents()).hasSize(2);
    }

    @Test
    default void moreThanTenKilobytesOfHeadersAreRefused() throws Exception {
        assertThat(callWithHeaderOf(9_000).statusCode()).isEqualTo(200);
        assertThat(callWithHeaderOf(10_240).statusCode()).isEqualTo(431);
    }
}

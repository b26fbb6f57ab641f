package dev.latchkey.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdersHandlerTest {

    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            OrdersHandlerTest.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new AssertionError("not needed");
            });

    @Test
    void theCallerIsTheOneThatTheAuthorizerNamed() {
        Map<String, Object> caller =
                Map.of("company_id", "cus_1", "user_id", "usr_1", "key_id", "key_1", "expires_at", "4102444800");
        assertThat(answer(Map.of("requestContext", Map.of("authorizer", Map.of("lambda", caller)))))
                .containsOnly(
                        Map.entry("company", "cus_1"),
                        Map.entry("user", "usr_1"),
                        Map.entry("key", "key_1"),
                        Map.entry("orders", List.of()));
    }

    @Test
    void theCallerIsTheOneOfTheClaimsThatApiGatewayHasChecked() {
        Map<String, Object> claims = Map.of("org_id", "cus_1", "sub", "usr_1", "jti", "key_1", "exp", "4102444800");
        assertThat(answer(Map.of("requestContext", Map.of("authorizer", Map.of("jwt", Map.of("claims", claims))))))
                .containsOnly(
                        Map.entry("company", "cus_1"),
                        Map.entry("user", "usr_1"),
                        Map.entry("key", "key_1"),
                        Map.entry("orders", List.of()));
    }

    @Test
    void aRouteWithoutAnAuthorizerHasNoCaller() {
        assertThat(answer(Map.of("requestContext", Map.of()))).containsEntry("company", "");
        assertThat(answer(Map.of("requestContext", Map.of("authorizer", Map.of()))))
                .containsEntry("user", "");
    }

    private static Map<String, Object> answer(Map<String, Object> event) {
        return new OrdersHandler().handleRequest(event, CONTEXT);
    }
}

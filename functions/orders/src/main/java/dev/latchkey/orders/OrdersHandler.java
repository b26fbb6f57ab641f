package dev.latchkey.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sample of a function behind an HTTP API: tells who is calling, from what the authorizer told API Gateway, and lists
 * no orders.
 *
 * <p>It takes events of payload format 2.0, in which the authorizer's context is at
 * {@code requestContext.authorizer.lambda}, and the claims that API Gateway itself has checked at {@code
 * requestContext.authorizer.jwt.claims}. Its answer has no status code, so that API Gateway makes it the body of a
 * 200 (API Gateway, Working with AWS Lambda proxy integrations for HTTP APIs).
 */
public final class OrdersHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Wires the function, which has no settings. */
    public OrdersHandler() {}

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        Map<?, ?> authorizer = map(map(event.get("requestContext")).get("authorizer"));
        Map<?, ?> caller = map(authorizer.get("lambda"));
        Map<?, ?> claims = map(map(authorizer.get("jwt")).get("claims"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("company", first(caller.get("company_id"), claims.get("org_id")));
        answer.put("user", first(caller.get("user_id"), claims.get("sub")));
        answer.put("key", first(caller.get("key_id"), claims.get("jti")));
        answer.put("orders", List.of());
        return answer;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String first(@Nullable Object value, @Nullable Object other) {
        if (value instanceof String text) {
            return text;
        }
        return other instanceof String text ? text : "";
    }
}

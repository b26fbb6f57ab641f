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
 * {@code requestContext.authorizer.lambda}. Its answer has no status code, so that API Gateway makes it the body of a
 * 200 (API Gateway, Working with AWS Lambda proxy integrations for HTTP APIs).
 */
public final class OrdersHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Wires the function, which has no settings. */
    public OrdersHandler() {}

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        Map<?, ?> caller =
                map(map(map(event.get("requestContext")).get("authorizer")).get("lambda"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("company", text(caller.get("company_id")));
        answer.put("user", text(caller.get("user_id")));
        answer.put("key", text(caller.get("key_id")));
        answer.put("orders", List.of());
        return answer;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}

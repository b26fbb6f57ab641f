package dev.latchkey.moesif;

import com.moesif.api.exceptions.APIException;
import com.moesif.api.http.client.APICallBack;
import com.moesif.api.http.client.HttpContext;
import com.moesif.api.http.request.HttpBodyRequest;
import com.moesif.api.http.request.HttpMethod;
import com.moesif.api.http.request.HttpRequest;
import com.moesif.api.http.response.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that the SDK works with: it posts {@link CollectorRequest}s. The application's sampling rates and
 * governance rules, which the SDK asks for whenever a client is made, and which mean nothing for users and actions, are
 * answered by empty ones without a request.
 */
final class CollectorClient implements UnusedCalls {

    @Override
    public HttpRequest get(String url, Map<String, String> headers, @Nullable Map<String, Object> parameters) {
        return new HttpRequest(HttpMethod.GET, url, headers, Map.of());
    }

    @Override
    public HttpBodyRequest postBody(String url, Map<String, String> headers, String body) {
        return new CollectorRequest(url, headers, body);
    }

    @Override
    public HttpResponse executeAsString(HttpRequest request) throws APIException {
        try {
            if (request instanceof CollectorRequest post) {
                return answer(post.send(), "");
            }
            return answer(200, request.getQueryUrl().endsWith("/v1/rules") ? "[]" : "{}");
        } catch (IOException e) {
            throw new APIException(e.toString());
        }
    }

    @Override
    public void executeAsStringAsync(HttpRequest request, APICallBack<HttpResponse> callBack) {
        HttpResponse response;
        try {
            response = executeAsString(request);
        } catch (APIException e) {
            callBack.onFailure(new HttpContext(request, answer(0, "")), e);
            return;
        }
        callBack.onSuccess(new HttpContext(request, response), response);
    }

    private static HttpResponse answer(int status, String body) {
        return new HttpResponse(status, Map.of(), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}

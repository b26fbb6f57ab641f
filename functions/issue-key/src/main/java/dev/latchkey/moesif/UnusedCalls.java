package dev.latchkey.moesif;

import com.moesif.api.http.client.APICallBack;
import com.moesif.api.http.client.HttpClient;
import com.moesif.api.http.request.HttpBodyRequest;
import com.moesif.api.http.request.HttpRequest;
import com.moesif.api.http.response.HttpResponse;
import java.util.Map;

/** The methods of the SDK's HTTP client that nothing here makes use of. All of them refuse. */
interface UnusedCalls extends HttpClient {

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("only JSON is posted, and settings are read");
    }

    @Override
    default void executeAsBinaryAsync(HttpRequest request, APICallBack<HttpResponse> callBack) {
        throw unused();
    }

    @Override
    default void executeAsBinaryAsync(HttpRequest request, APICallBack<HttpResponse> callBack, boolean debug) {
        throw unused();
    }

    @Override
    default HttpResponse executeAsBinary(HttpRequest request) {
        throw unused();
    }

    @Override
    default HttpRequest get(
            String url, Map<String, String> headers, Map<String, Object> parameters, String username, String password) {
        throw unused();
    }

    @Override
    default HttpRequest post(String url, Map<String, String> headers, Map<String, Object> parameters) {
        throw unused();
    }

    @Override
    default HttpRequest post(
            String url, Map<String, String> headers, Map<String, Object> parameters, String username, String password) {
        throw unused();
    }

    @Override
    default HttpBodyRequest postBody(
            String url, Map<String, String> headers, String body, String username, String password) {
        throw unused();
    }

    @Override
    default HttpRequest put(String url, Map<String, String> headers, Map<String, Object> parameters) {
        throw unused();
    }

    @Override
    default HttpRequest put(
            String url, Map<String, String> headers, Map<String, Object> parameters, String username, String password) {
        throw unused();
    }

    @Override
    default HttpBodyRequest putBody(String url, Map<String, String> headers, String body) {
        throw unused();
    }

    @Override
    default HttpBodyRequest putBody(
            String url, Map<String, String> headers, String body, String username, String password) {
        throw unused();
    }

    @Override
    default HttpRequest patch(String url, Map<String, String> headers, Map<String, Object> parameters) {
        throw unused();
    }

    @Override
    default HttpRequest patch(
            String url, Map<String, String> headers, Map<String, Object> parameters, String username, String password) {
        throw unused();
    }

    @Override
    default HttpBodyRequest patchBody(String url, Map<String, String> headers, String body) {
        throw unused();
    }

    @Override
    default HttpBodyRequest patchBody(
            String url, Map<String, String> headers, String body, String username, String password) {
        throw unused();
    }

    @Override
    default HttpRequest delete(String url, Map<String, String> headers, Map<String, Object> parameters) {
        throw unused();
    }

    @Override
    default HttpRequest delete(
            String url, Map<String, String> headers, Map<String, Object> parameters, String username, String password) {
        throw unused();
    }

    @Override
    default HttpBodyRequest deleteBody(String url, Map<String, String> headers, String body) {
        throw unused();
    }

    @Override
    default HttpBodyRequest deleteBody(
            String url, Map<String, String> headers, String body, String username, String password) {
        throw unused();
    }
}

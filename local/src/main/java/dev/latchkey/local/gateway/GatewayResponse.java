package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers API Gateway gives in place of an integration: those of a REST API (API Gateway, Gateway response types),
 * and what an HTTP API, which has no such types, says in the same cases.
 */
enum GatewayResponse {
    MISSING_AUTHENTICATION_TOKEN(
            403,
            "MissingAuthenticationTokenException",
            "{\"message\":\"Missing Authentication Token\"}",
            404,
            "Not Found"),
    UNAUTHORIZED(401, "UnauthorizedException", "{\"message\":\"Unauthorized\"}", 401, "Unauthorized"),
    ACCESS_DENIED(
            403,
            "AccessDeniedException",
            "{\"Message\":\"User is not authorized to access this resource\"}",
            403,
            "Forbidden"),
    EXPLICIT_DENY(
            403,
            "AccessDeniedException",
            "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}",
            403,
            "Forbidden"),
    AUTHORIZER_FAILURE(500, "AuthorizerConfigurationException", "{\"message\":null}", 500, "Internal Server Error"),
    BAD_GATEWAY(
            502,
            "InternalServerErrorException",
            "{\"message\": \"Internal server error\"}",
            500,
            "Internal Server Error"),
    REQUEST_TOO_LARGE(
            413, "RequestTooLargeException", "{\"message\":\"Request Too Long\"}", 413, "Request Entity Too Large"),
    HEADERS_TOO_LARGE(
            431, "", "{\"message\":\"Request Header Fields Too Large\"}", 431, "Request Header Fields Too Large");

    private final int status;
    private final String errorType;
    private final String body;
    private final int httpApiStatus;
    private final String httpApiMessage;

    GatewayResponse(int status, String errorType, String body, int httpApiStatus, String httpApiMessage) {
        this.status = status;
        this.errorType = errorType;
        this.body = body;
        this.httpApiStatus = httpApiStatus;
        this.httpApiMessage = httpApiMessage;
    }

    /** As a REST API answers, with further headers. */
    Response ofRestApi(Map<String, String> further) {
        Map<String, String> headers = new LinkedHashMap<>(further);
        if (!errorType.isEmpty()) {
            headers.put("x-amzn-ErrorType", errorType);
        }
        return Response.json(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** As an HTTP API answers. */
    Response ofHttpApi() {
        return Response.json(httpApiStatus, JsonTree.message("message", httpApiMessage), Map.of());
    }
}

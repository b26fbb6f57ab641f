package dev.latchkey.local;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers API Gateway gives in place of an integration (API Gateway, Gateway response types). */
enum GatewayResponse {
    MISSING_AUTHENTICATION_TOKEN(
            403, "MissingAuthenticationTokenException", "{\"message\":\"Missing Authentication Token\"}"),
    UNAUTHORIZED(401, "UnauthorizedException", "{\"message\":\"Unauthorized\"}"),
    ACCESS_DENIED(403, "AccessDeniedException", "{\"Message\":\"User is not authorized to access this resource\"}"),
    EXPLICIT_DENY(
            403,
            "AccessDeniedException",
            "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}"),
    AUTHORIZER_FAILURE(500, "AuthorizerConfigurationException", "{\"message\":null}"),
    BAD_GATEWAY(502, "InternalServerErrorException", "{\"message\": \"Internal server error\"}"),
    REQUEST_TOO_LARGE(413, "RequestTooLargeException", "{\"message\":\"Request Too Long\"}"),
    HEADERS_TOO_LARGE(431, "", "{\"message\":\"Request Header Fields Too Large\"}");

    private final int status;
    private final String errorType;
    private final String body;

    GatewayResponse(int status, String errorType, String body) {
        this.status = status;
        this.errorType = errorType;
        this.body = body;
    }

    LoopbackServer.Response toResponse() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!errorType.isEmpty()) {
            headers.put("x-amzn-ErrorType", errorType);
        }
        return LoopbackServer.Response.json(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }
}

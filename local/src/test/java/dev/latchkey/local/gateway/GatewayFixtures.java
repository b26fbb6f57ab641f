package dev.latchkey.local.gateway;

import dev.latchkey.local.testing.Fixtures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests to an API, and what its authorizer answers. */
final class GatewayFixtures {
    private GatewayFixtures() {}

    /** An authorizer's answer with one statement. */
    static String answer(String effect, String resource) {
        return """
                {"principalId": "cus_1",
                 "policyDocument": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "%s", "Action": "execute-api:Invoke", "Resource": "%s"}]},
                 "context": {"company_id": "cus_1", "count": 3, "vip": true}}""".formatted(effect, resource);
    }

    static ApiRequest request(String method, String path, Map<String, List<String>> headers) {
        var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new ApiRequest(
                "request-1", Instant.EPOCH, method, path, anyCase, Map.of(), "", Fixtures.payload(""), "127.0.0.1");
    }
}

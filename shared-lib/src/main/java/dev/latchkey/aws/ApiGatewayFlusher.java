package dev.latchkey.aws;

import dev.latchkey.provisioning.StageCache;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/**
 * Flushes by API Gateway's own operations: FlushStageAuthorizersCache for REST APIs, ResetAuthorizersCache for HTTP and
 * WebSocket APIs (Amazon API Gateway API references). One call is one attempt and ends within 1.5 seconds: what failed the
 * queue brings again. Clients are made when first needed.
 */
public final class ApiGatewayFlusher implements StageCache.Flusher {

    private @Nullable ApiGatewayClient restApis;
    private @Nullable ApiGatewayV2Client httpApis;

    @Override
    public void flush(StageCache stage) {
        try {
            switch (stage.kind()) {
                case REST ->
                    restApis()
                            .flushStageAuthorizersCache(
                                    flush -> flush.restApiId(stage.apiId()).stageName(stage.stage()));
                case HTTP ->
                    httpApis()
                            .resetAuthorizersCache(
                                    reset -> reset.apiId(stage.apiId()).stageName(stage.stage()));
            }
        } catch (SdkException e) {
            throw new IllegalStateException("the " + stage + " was not flushed, got " + Bounds.reason(e));
        }
    }

    private synchronized ApiGatewayClient restApis() {
        ApiGatewayClient ready = restApis;
        if (ready == null) {
            ready = ApiGatewayClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limitToOneAttempt)
                    .build();
            restApis = ready;
        }
        return ready;
    }

    private synchronized ApiGatewayV2Client httpApis() {
        ApiGatewayV2Client ready = httpApis;
        if (ready == null) {
            ready = ApiGatewayV2Client.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limitToOneAttempt)
                    .build();
            httpApis = ready;
        }
        return ready;
    }
}

package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.gateway.RequestRecord.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final BlockingQueue<RequestRecord> records = new LinkedBlockingQueue<>();
    private final RequestLog log = new RequestLog(records::add);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRefusalGetsTheReasonThatTheAuthorizerLogged() throws Exception {
        String line =
                "{\"decision\":\"deny\",\"reason\":\"missing_company\",\"keyId\":\"key_1\",\"awsRequestId\":\"1\"}";
        log.line(line);
        log.request(record(Access.DENY, "1"));
        RequestRecord told = records.take();
        assertThat(told.detail()).isEqualTo("missing_company (key key_1)");
        assertThat(told.evidence().log().text()).isEqualTo(line);
    }

    @Test
    void aPolicyThatDoesNotCoverTheRouteOfAnAllowedKeyKeepsTheGatewaysWords() throws Exception {
        log.line("{\"decision\":\"allow\",\"keyId\":\"key_1\",\"awsRequestId\":\"1\"}");
        log.request(record(Access.DENY, "1"));
        assertThat(records.take().detail()).isEqualTo("the gateway's words");
    }

    @Test
    void whatTheAuthorizerWasNotAskedAboutIsNotLookedUp() throws Exception {
        log.line("{\"decision\":\"deny\",\"reason\":\"expired\",\"awsRequestId\":\"\"}");
        log.line("not JSON, though it says \"decision\"");
        log.request(record(Access.UNAUTHENTICATED, ""));
        assertThat(records.take().detail()).isEqualTo("the gateway's words");
    }

    private static RequestRecord record(Access access, String invocation) {
        return new RequestRecord(
                "request-1",
                Instant.EPOCH,
                "GET",
                "/orders",
                403,
                access,
                false,
                "the gateway's words",
                Evidence.of(invocation),
                Duration.ZERO);
    }
}

package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.RequestRecord.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final DecisionLog decisions = new DecisionLog();
    private final BlockingQueue<RequestRecord> records = new LinkedBlockingQueue<>();
    private final RequestLog log = new RequestLog(decisions, records::add);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRefusalGetsTheReasonThatTheAuthorizerLogged() throws Exception {
        String line =
                "{\"decision\":\"deny\",\"reason\":\"missing_company\",\"keyId\":\"key_1\",\"awsRequestId\":\"1\"}";
        decisions.line(line);
        log.request(record(Access.DENY, "1"));
        RequestRecord told = records.take();
        assertThat(told.detail()).isEqualTo("missing_company (key key_1)");
        assertThat(told.evidence().log().text()).isEqualTo(line);
    }

    @Test
    void aPolicyThatDoesNotCoverTheRouteOfAnAllowedKeyKeepsTheGatewaysWords() throws Exception {
        decisions.line("{\"decision\":\"allow\",\"keyId\":\"key_1\",\"awsRequestId\":\"1\"}");
        log.request(record(Access.DENY, "1"));
        assertThat(records.take().detail()).isEqualTo("the gateway's words");
    }

    @Test
    void whatTheAuthorizerWasNotAskedAboutIsNotLookedUp() throws Exception {
        decisions.line("{\"decision\":\"deny\",\"reason\":\"expired\",\"awsRequestId\":\"\"}");
        decisions.line("not JSON, though it says \"decision\"");
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

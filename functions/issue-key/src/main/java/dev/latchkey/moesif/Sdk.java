package dev.latchkey.moesif;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.moesif.api.APIHelper;
import com.moesif.api.MoesifAPIClient;
import com.moesif.api.controllers.APIController;
import com.moesif.api.controllers.BaseController;
import com.moesif.api.http.client.APICallBack;
import com.moesif.api.http.client.HttpCallBack;
import com.moesif.api.http.client.HttpContext;
import com.moesif.api.http.request.HttpRequest;
import com.moesif.api.http.response.HttpResponse;
import com.moesif.api.models.ActionModel;
import com.moesif.api.models.ActionRequestModel;
import com.moesif.api.models.CompanyBuilder;
import com.moesif.api.models.SubscriptionBuilder;
import com.moesif.api.models.UserBuilder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Moesif's SDK, which is set up when it is first used: it sends by our HTTP client, its threads end with their work, and
 * actions have the member names that the collector knows, which the SDK forgot to give them.
 */
final class Sdk {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String KEY_CREATED = "API Key Created";

    /** The SDK wants an address for every action; this one can never be anybody's (RFC 6761 section 6.4). */
    private static final String ADDRESS = "https://latchkey.invalid/create-key";

    static {
        BaseController.setClientInstance(new CollectorClient());
        ThreadPoolExecutor threads = (ThreadPoolExecutor) APIHelper.getScheduler();
        threads.setThreadFactory(Report::thread);
        threads.setKeepAliveTime(0, TimeUnit.SECONDS);
        APIHelper.mapper.addMixIn(ActionModel.class, SnakeCase.class);
        APIHelper.mapper.addMixIn(ActionRequestModel.class, SnakeCase.class);
    }

    private Sdk() {}

    @JsonNaming(SnakeCaseStrategy.class)
    private interface SnakeCase {}

    /** Sends a report's messages, at once and by a client of their own, which holds nothing. */
    static void send(MoesifSettings settings, Report report) {
        APIController api =
                new MoesifAPIClient(settings.applicationId(), settings.baseUri().toString()).getAPI();
        api.setHttpCallBack(connections(report));
        for (Message message : report.messages()) {
            try {
                send(message, api, outcome(message, report));
            } catch (JsonProcessingException e) {
                report.failed(message, e.toString());
            }
        }
    }

    private static void send(Message message, APIController api, APICallBack<HttpResponse> outcome)
            throws JsonProcessingException {
        if (message instanceof Message.User user) {
            api.updateUserAsync(
                    new UserBuilder()
                            .userId(user.customer().id())
                            .companyId(user.customer().id())
                            .metadata(Map.of("email", user.customer().email()))
                            .build(),
                    outcome);
        } else if (message instanceof Message.Company company) {
            api.updateCompanyAsync(
                    new CompanyBuilder().companyId(company.customer().id()).build(), outcome);
        } else if (message instanceof Message.Subscription subscription) {
            api.updateSubscriptionAsync(
                    new SubscriptionBuilder()
                            .subscriptionId(subscription.subscriptionId())
                            .companyId(subscription.customer().id())
                            .status("active")
                            .build(),
                    outcome);
        } else if (message instanceof Message.KeyCreated key) {
            api.createActionAsync(action(key), outcome);
        } else if (message instanceof Message.KeyChanged key) {
            api.createActionAsync(action(key), outcome);
        }
    }

    /** A key that is given again is the same transaction, which Moesif counts once. */
    private static ActionModel action(Message.KeyCreated key) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("key_id", key.keyId());
        if (key.expires() != null) {
            metadata.put("expires_at", key.expires().toString());
        }
        UUID transaction = UUID.nameUUIDFromBytes((KEY_CREATED + " " + key.keyId()).getBytes(StandardCharsets.UTF_8));
        ActionRequestModel request = new ActionRequestModel.Builder(ADDRESS)
                .setTime(TIME.format(key.now()))
                .build();
        return new ActionModel.Builder(KEY_CREATED, request)
                .setUserId(key.customer().id())
                .setCompanyId(key.customer().id())
                .setSubscriptionId(key.customer().subscriptionId())
                .setTransactionId(transaction.toString())
                .setMetadata(metadata)
                .build();
    }

    private static ActionModel action(Message.KeyChanged key) {
        ActionRequestModel request = new ActionRequestModel.Builder(ADDRESS)
                .setTime(TIME.format(key.now()))
                .build();
        return new ActionModel.Builder(key.action(), request)
                .setUserId(key.customerId())
                .setCompanyId(key.customerId())
                .setMetadata(key.keyId().isEmpty() ? Map.of() : Map.of("key_id", key.keyId()))
                .build();
    }

    private static HttpCallBack connections(Report report) {
        return new HttpCallBack() {
            @Override
            public void OnBeforeRequest(HttpRequest request) {
                report.opening(((CollectorRequest) request)::abort);
            }

            @Override
            public void OnAfterResponse(HttpContext context) {}
        };
    }

    private static APICallBack<HttpResponse> outcome(Message message, Report report) {
        return new APICallBack<>() {
            @Override
            public void onSuccess(HttpContext context, HttpResponse response) {
                report.arrived(message);
            }

            @Override
            public void onFailure(HttpContext context, Throwable error) {
                report.failed(message, String.valueOf(error.getMessage()));
            }
        };
    }
}

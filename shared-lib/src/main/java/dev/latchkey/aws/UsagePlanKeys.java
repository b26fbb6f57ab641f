package dev.latchkey.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * API keys of API Gateway in one usage plan (Amazon API Gateway API reference, CreateApiKey, CreateUsagePlanKey, GetApiKeys,
 * UpdateApiKey, DeleteApiKey). Each is sent once. A request ends within 3 seconds, and with what
 * the first one loads within 6. The client is made when it is first needed. Thread-safe.
 *
 * <p>Methods throw {@link IllegalStateException} if API Gateway does not do its part; the message tells the operation and the
 * error code, and no key.
 */
public final class UsagePlanKeys {

    private static final Duration IN_ALL = Duration.ofSeconds(6);
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 20;
    private static final int TRIES = 4;
    private static final long LONGEST_PAUSE_MS = 200;

    private final String plan;
    private @Nullable ApiGatewayClient client;

    /** Keys in the plan of that id. */
    public UsagePlanKeys(String plan) {
        this.plan = plan;
    }

    /**
     * A key. {@code toString()} does not show its value.
     *
     * @param value the key itself; empty where it was not asked for
     */
    public record PlanKey(String id, String name, String value, Instant createdAt, boolean isEnabled) {
        @Override
        public String toString() {
            return "API key " + id;
        }
    }

    /** Makes a key and puts it into the plan; one that cannot be put there is taken away again. */
    public PlanKey create(String name, String description) {
        try {
            CreateApiKeyResponse made = client().createApiKey(
                            key -> key.name(name).description(description).enabled(true));
            try {
                putIntoPlan(made.id());
            } catch (SdkException e) {
                removeQuietly(made.id());
                throw e;
            }
            return new PlanKey(made.id(), made.name(), made.value(), made.createdDate(), true);
        } catch (SdkException e) {
            throw failure("CreateApiKey or CreateUsagePlanKey", e);
        }
    }

    /**
     * Puts a key into the plan. A conflict is either that it is there already, or that another call changes the plan at the
     * time, which passes.
     *
     * @throws ConflictException if it does not pass
     */
    private void putIntoPlan(String keyId) {
        for (int attempt = 1; ; attempt++) {
            try {
                client().createUsagePlanKey(
                                put -> put.usagePlanId(plan).keyId(keyId).keyType("API_KEY"));
                return;
            } catch (ConflictException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MS * attempt) * 1_000_000);
            }
        }
    }

    private void putIntoPlanIfNotThere(String keyId) {
        try {
            putIntoPlan(keyId);
        } catch (ConflictException e) {
            // It is there already.
        }
    }

    private void removeQuietly(String keyId) {
        try {
            client().deleteApiKey(delete -> delete.apiKey(keyId));
        } catch (SdkException e) {
            // What failed before is told. A key that is in no plan opens no method that wants one.
        }
    }

    /** The key of exactly this name, with its value; it is put into the plan where it is not there yet. */
    public Optional<PlanKey> named(String name) {
        for (PlanKey key : list(name)) {
            if (key.name().equals(name)) {
                try {
                    putIntoPlanIfNotThere(key.id());
                    return Optional.of(
                            key(client().getApiKey(get -> get.apiKey(key.id()).includeValue(true))));
                } catch (NotFoundException e) {
                    return Optional.empty();
                } catch (SdkException e) {
                    throw failure("CreateUsagePlanKey or GetApiKey", e);
                }
            }
        }
        return Optional.empty();
    }

    /** The keys whose names begin so, without their values. */
    public List<PlanKey> list(String prefix) {
        List<PlanKey> keys = new ArrayList<>();
        String position = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            GetApiKeysResponse answer = page(prefix, position);
            answer.items().forEach(key -> {
                if (key.name() != null && key.name().startsWith(prefix)) {
                    keys.add(new PlanKey(
                            key.id(), key.name(), "", key.createdDate(), Boolean.TRUE.equals(key.enabled())));
                }
            });
            position = answer.position();
            if (position == null || position.isEmpty()) {
                return keys;
            }
        }
        throw new IllegalStateException("API Gateway has more than " + MAX_PAGES * PAGE + " API keys of one customer");
    }

    private GetApiKeysResponse page(String prefix, @Nullable String position) {
        try {
            return client().getApiKeys(get ->
                    get.nameQuery(prefix).limit(PAGE).position(position).includeValues(false));
        } catch (SdkException e) {
            throw failure("GetApiKeys", e);
        }
    }

    /** The key of an id, without its value; empty where there is none. */
    public Optional<PlanKey> find(String keyId) {
        try {
            return Optional.of(key(client().getApiKey(get -> get.apiKey(keyId).includeValue(false))));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("GetApiKey", e);
        }
    }

    private static PlanKey key(GetApiKeyResponse key) {
        return new PlanKey(
                key.id(),
                key.name() == null ? "" : key.name(),
                key.value() == null ? "" : key.value(),
                key.createdDate(),
                Boolean.TRUE.equals(key.enabled()));
    }

    /** Lets a key work, or not. */
    public void enable(String keyId, boolean works) {
        try {
            PatchOperation patch = PatchOperation.builder()
                    .op(Op.REPLACE)
                    .path("/enabled")
                    .value(Boolean.toString(works))
                    .build();
            client().updateApiKey(update -> update.apiKey(keyId).patchOperations(List.of(patch)));
        } catch (SdkException e) {
            throw failure("UpdateApiKey", e);
        }
    }

    /** Takes a key away; nothing where there is none. */
    public void delete(String keyId) {
        try {
            client().deleteApiKey(delete -> delete.apiKey(keyId));
        } catch (NotFoundException e) {
            // It is gone already.
        } catch (SdkException e) {
            throw failure("DeleteApiKey", e);
        }
    }

    private IllegalStateException failure(String operation, SdkException failure) {
        return new IllegalStateException("API Gateway did not carry out " + operation + ", got "
                + Bounds.reason(failure) + ". Is PLUGIN_AWS_USAGE_PLAN_ID, " + plan
                + ", a usage plan of this account and region, and may this function use it?");
    }

    private synchronized ApiGatewayClient client() {
        ApiGatewayClient ready = client;
        if (ready == null) {
            ready = ApiGatewayClient.builder()
                    .httpClient(new BoundedSdkClient())
                    .overrideConfiguration(limits -> limits.apiCallTimeout(IN_ALL)
                            .apiCallAttemptTimeout(IN_ALL)
                            .retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .build();
            client = ready;
        }
        return ready;
    }
}

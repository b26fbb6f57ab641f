package dev.latchkey.aws;

import dev.latchkey.config.SecretVersions;
import dev.latchkey.keys.KeysUnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The versions of a secret in AWS Secrets Manager (AWS Secrets Manager API reference). The client is made at the first call;
 * one call ends within 3 seconds.
 */
public final class SecretsManagerVersions implements SecretVersions {

    private @Nullable SecretsManagerClient client;

    @Override
    public Description describe(String secretId) {
        DescribeSecretResponse secret =
                done("described", secretId, () -> client().describeSecret(describe -> describe.secretId(secretId)));
        Map<String, Set<String>> labels = new HashMap<>();
        secret.versionIdsToStages().forEach((version, stages) -> labels.put(version, Set.copyOf(stages)));
        return new Description(
                secret.arn(),
                secret.name(),
                Boolean.TRUE.equals(secret.rotationEnabled()),
                secret.lastRotatedDate(),
                labels);
    }

    @Override
    public Optional<Value> read(String secretId, String versionId) {
        return done("read", secretId, () -> {
            try {
                GetSecretValueResponse value =
                        client().getSecretValue(get -> get.secretId(secretId).versionId(versionId));
                if (value.secretString() == null) {
                    throw new KeysUnavailableException("the secret " + secretId + " is binary; it must be text", null);
                }
                Instant createdAt = value.createdDate();
                return Optional.of(new Value(value.secretString(), createdAt == null ? Instant.MAX : createdAt));
            } catch (ResourceNotFoundException none) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void putPending(String secretId, String versionId, String text) {
        done(
                "written",
                secretId,
                () -> client().putSecretValue(put -> put.secretId(secretId)
                        .clientRequestToken(versionId)
                        .secretString(text)
                        .versionStages(PENDING)));
    }

    @Override
    public void moveCurrent(String secretId, String from, String to) {
        done(
                "rotated",
                secretId,
                () -> client().updateSecretVersionStage(move -> move.secretId(secretId)
                        .versionStage(CURRENT)
                        .removeFromVersionId(from)
                        .moveToVersionId(to)));
    }

    @Override
    public void removePending(String secretId, String versionId) {
        done(
                "relabelled",
                secretId,
                () -> client().updateSecretVersionStage(move ->
                        move.secretId(secretId).versionStage(PENDING).removeFromVersionId(versionId)));
    }

    private static <T> T done(String what, String secretId, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new KeysUnavailableException(
                    "the secret " + secretId + " was not " + what + " in Secrets Manager, got " + Bounds.reason(e),
                    null);
        }
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient ready = client;
        if (ready == null) {
            ready = SecretsManagerClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limit)
                    .build();
            client = ready;
        }
        return ready;
    }
}

package dev.latchkey.gateways;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.provisioning.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Consumers of Kong and their keys (Kong Gateway Admin API, Consumers and Key-auth). A customer is the consumer that has its
 * id as {@code custom_id}, which is unique at Kong; a key is a key-auth credential, called by its id there.
 *
 * <p>A key that is made for a request with an idempotency key gets an id of that request, so that Kong makes no second one.
 */
final class KongConsumers implements Gateway {

    private static final Pattern KEY_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 20;

    private final String gateway;
    private final AdminApi api;
    private final Supplier<String> root;
    private final UnaryOperator<String> usernames;
    private final boolean keysByUsername;

    private record Consumer(String id, String username, String customId) {}

    /**
     * Consumers below a path.
     *
     * @param gateway the plugin's slug
     * @param root the path before {@code consumers}; empty, or ends with a slash
     * @param usernames the consumer's name for an email
     * @param keysByUsername whether a new key is asked for by the consumer's name and not by its id
     */
    KongConsumers(
            String gateway,
            AdminApi api,
            Supplier<String> root,
            UnaryOperator<String> usernames,
            boolean keysByUsername) {
        this.gateway = gateway;
        this.api = api;
        this.root = root;
        this.usernames = usernames;
        this.keysByUsername = keysByUsername;
    }

    @Override
    public User user(String customerId, String email) {
        Consumer consumer = byName(email)
                .filter(found -> found.customId().equals(customerId))
                .or(() -> byCustomer(customerId))
                .orElseThrow(() -> new ProvisioningException(Kind.NOT_FOUND, "there is no such user at the gateway"));
        return user(consumer, email, null);
    }

    @Override
    public User provision(String customerId, String email, @Nullable String subscriptionId) {
        return user(made(customerId, email), email, subscriptionId);
    }

    private static User user(Consumer consumer, String email, @Nullable String subscriptionId) {
        return new User(consumer.id(), consumer.username(), email, consumer.customId(), subscriptionId);
    }

    /** Makes the consumer, and finds it where it is there already, also one whose email was another. */
    private Consumer made(String customerId, String email) {
        JsonObject consumer = new JsonObjectBuilder()
                .put("username", usernames.apply(email))
                .put("custom_id", customerId)
                .build();
        Answer answer = api.post(Route.of(root.get() + "consumers/"), consumer);
        if (answer.mayBeThereAlready()) {
            Optional<Consumer> found = found(customerId, email);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return consumer(answer, answer.object());
    }

    private Optional<Consumer> found(String customerId, String email) {
        Optional<Consumer> named = byName(email);
        if (named.isPresent() && !named.get().customId().equals(customerId)) {
            throw Records.ofAnother();
        }
        return named.or(() -> byCustomer(customerId));
    }

    private Optional<Consumer> byName(String email) {
        Answer answer = api.get(Route.of(root.get() + "consumers/{}", usernames.apply(email)));
        return answer.isNotThere() ? Optional.empty() : Optional.of(consumer(answer, answer.object()));
    }

    /** Looks at each consumer that is given, as not every version filters by {@code custom_id}. */
    private Optional<Consumer> byCustomer(String customerId) {
        String pattern = root.get() + "consumers?custom_id={}&size=" + PAGE;
        List<Consumer> found = new ArrayList<>();
        eachOf(pattern, customerId, (answer, object) -> {
            if (object.string("custom_id").filter(customerId::equals).isPresent()) {
                found.add(consumer(answer, object));
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private static Consumer consumer(Answer answer, JsonObject object) {
        return new Consumer(
                answer.needed(object, "id"),
                object.string("username").orElse(""),
                object.string("custom_id").orElse(""));
    }

    @Override
    public Optional<ApiKey> before(NewKey wanted, Remembered request) {
        return found(wanted.customerId(), wanted.email())
                .map(consumer -> keyAt(consumer, request.id()))
                .filter(Answer::isGood)
                .map(KongConsumers::apiKey);
    }

    @Override
    public boolean makesOnRepeat() {
        return true;
    }

    @Override
    public ApiKey create(NewKey wanted, @Nullable Remembered request) {
        Consumer consumer =
                found(wanted.customerId(), wanted.email()).orElseGet(() -> made(wanted.customerId(), wanted.email()));
        JsonObjectBuilder key = new JsonObjectBuilder();
        if (request != null) {
            key.put("id", request.id());
        }
        String owner = keysByUsername && !consumer.username().isEmpty() ? consumer.username() : consumer.id();
        Answer answer = api.post(Route.of(root.get() + "consumers/{}/key-auth", owner), key.build());
        if (request != null && answer.mayBeThereAlready()) {
            Answer before = keyAt(consumer, request.id());
            if (before.isGood()) {
                return apiKey(before);
            }
        }
        return apiKey(answer);
    }

    private static ApiKey apiKey(Answer answer) {
        JsonObject key = answer.object();
        return new ApiKey(answer.needed(key, "key"), answer.needed(key, "id"), null);
    }

    private Answer keyAt(Consumer consumer, String keyId) {
        return api.get(Route.of(root.get() + "consumers/{}/key-auth/{}", consumer.id(), keyId));
    }

    @Override
    public List<KeyRecord> keys(String customerId) {
        List<KeyRecord> keys = new ArrayList<>();
        byCustomer(customerId)
                .ifPresent(consumer ->
                        eachOf(root.get() + "consumers/{}/key-auth?size=" + PAGE, consumer.id(), (answer, key) -> {
                            keys.add(record(customerId, answer, key));
                            return true;
                        }));
        return keys;
    }

    @Override
    public Optional<KeyRecord> key(String customerId, String keyId) {
        if (!KEY_ID.matcher(keyId).matches()) {
            return Optional.empty();
        }
        return byCustomer(customerId)
                .map(consumer -> keyAt(consumer, keyId))
                .filter(Predicate.not(Answer::isNotThere))
                .map(answer -> record(customerId, answer, answer.object()));
    }

    private KeyRecord record(String customerId, Answer answer, JsonObject key) {
        Instant created = seconds(key, "created_at").map(Instant::ofEpochSecond).orElse(Instant.EPOCH);
        Instant expires = seconds(key, "ttl")
                .filter(ttl -> ttl > 0)
                .map(created::plusSeconds)
                .orElse(KeyRecord.NEVER);
        return Records.of(customerId, answer.needed(key, "id"), created, expires, gateway);
    }

    private static Optional<Long> seconds(JsonObject object, String name) {
        return object.get(name)
                .filter(JsonNumber.class::isInstance)
                .map(number -> ((JsonNumber) number).value().longValue())
                .filter(number -> Math.abs(number) < 100_000_000_000L);
    }

    @Override
    public void delete(KeyRecord key) {
        Consumer consumer = byCustomer(key.customerId()).orElse(null);
        if (consumer != null) {
            Answer answer = api.delete(Route.of(root.get() + "consumers/{}/key-auth/{}", consumer.id(), key.keyId()));
            if (!answer.isNotThere()) {
                answer.good();
            }
        }
    }

    /** What is asked about each object of a list. */
    private interface Look {
        /** Tells whether to go on. */
        boolean at(Answer answer, JsonObject object);
    }

    /** Looks at the objects of a list, page by page. The address of the next page is ours, never the answer's. */
    private void eachOf(String pattern, String value, Look look) {
        Answer answer = api.get(Route.of(pattern, value));
        for (int page = 1; page <= MAX_PAGES; page++) {
            for (JsonObject object : answer.objects("data")) {
                if (!look.at(answer, object)) {
                    return;
                }
            }
            String offset = answer.object().string("offset").orElse("");
            if (offset.isEmpty()) {
                return;
            }
            answer = api.get(Route.of(pattern + "&offset={}", value, offset));
        }
        throw api.unreadable(answer.request(), "more than " + MAX_PAGES * PAGE + " entries");
    }
}

package dev.latchkey.gateways;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.status.Status;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of Tyk (Tyk Gateway API, Keys). A key is called by its hash, so that Tyk must hash keys ({@code hash_keys}); to list
 * them it must list hashes ({@code enable_hashed_keys_listing}).
 *
 * <p>A key that is made for a request with an idempotency key is a custom key whose text follows from the gateway's secret and a
 * random name of that request, so that the same key can be told again although Tyk keeps its hash alone.
 */
final class TykGateway implements Gateway {

    /** The secret of the sample configuration that Tyk ships. */
    static final String KNOWN_SECRET = "352d20ee67be67f6340b4c0605b044b7";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,64}");
    private static final int MAX_KEYS = 500;

    private final AdminApi api;
    private final String organisation;
    private final List<String> policies;
    private final Supplier<String> secret;

    TykGateway(AdminApi api, String organisation, List<String> policies, Supplier<String> secret) {
        this.api = api;
        this.organisation = organisation;
        this.policies = List.copyOf(policies);
        this.secret = secret;
    }

    @Override
    public ApiKey create(NewKey wanted, @Nullable Remembered request) {
        if (request == null) {
            return made(Route.of("tyk/keys"), wanted);
        }
        String custom = custom(request.id());
        if (!request.isFirst()) {
            Answer before = api.get(Route.of("tyk/keys/{}?org_id={}", custom, organisation));
            if (before.isNotThere() || !isAsMade(before.object(), wanted.customerId())) {
                throw Records.gone();
            }
        }
        return made(Route.of("tyk/keys/{}?suppress_reset=1", custom), wanted);
    }

    /** An operator may have changed it meanwhile, which making it again would undo. */
    private boolean isAsMade(JsonObject session, String customerId) {
        return session.string("alias").filter(customerId::equals).isPresent()
                && !isInactive(session)
                && texts(session, "apply_policies").equals(policies)
                && expires(session).equals(KeyRecord.NEVER);
    }

    private static boolean isInactive(JsonObject session) {
        return session.get("is_inactive").orElse(JsonValue.NULL) instanceof JsonBoolean inactive && inactive.value();
    }

    private ApiKey made(Route route, NewKey wanted) {
        Answer answer = api.post(
                route,
                new JsonObjectBuilder()
                        .put("alias", wanted.customerId())
                        .put("org_id", organisation)
                        .put("apply_policies", policies)
                        .build());
        JsonObject made = answer.object();
        String key = answer.needed(made, "key");
        String hash = made.string("key_hash").orElse("");
        if (!HASH.matcher(hash).matches()) {
            api.delete(Route.of("tyk/keys/{}", key));
            throw new GatewayException("Tyk does not hash its keys, so that they have no name but themselves."
                    + " Set hash_keys and enable_hashed_keys_listing in tyk.conf to true");
        }
        return new ApiKey(key, hash, null);
    }

    /** 64 hexadecimal digits, for whoever has the secret. */
    private String custom(String request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.get().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal(("latchkey tyk key " + request).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256", e);
        }
    }

    /** Looks at every key of the gateway, as Tyk tells hashes alone. */
    @Override
    public List<KeyRecord> keys(String customerId) {
        Answer answer = api.get(Route.of("tyk/keys"));
        if (answer.isNotThere()) {
            throw new GatewayException(
                    "Tyk does not list its keys. Set enable_hashed_keys_listing in tyk.conf to true");
        }
        List<String> hashes = texts(answer.object(), "keys");
        if (hashes.size() > MAX_KEYS) {
            throw new GatewayException("Tyk has " + hashes.size() + " keys, and of more than " + MAX_KEYS
                    + " a customer's cannot be looked for. Revoke one by its id, or use Tyk's dashboard");
        }
        List<KeyRecord> keys = new ArrayList<>();
        for (String hash : hashes) {
            key(customerId, hash).ifPresent(keys::add);
        }
        return keys;
    }

    private static List<String> texts(JsonObject object, String name) {
        List<String> texts = new ArrayList<>();
        if (object.get(name).orElse(JsonValue.NULL) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonString text) {
                    texts.add(text.value());
                }
            }
        }
        return texts;
    }

    @Override
    public boolean countsKeys() {
        return false;
    }

    @Override
    public Optional<KeyRecord> key(String customerId, String keyId) {
        if (!HASH.matcher(keyId).matches()) {
            return Optional.empty();
        }
        Answer answer = api.get(Route.of("tyk/keys/{}?hashed=true", keyId));
        if (answer.isNotThere()) {
            return Optional.empty();
        }
        JsonObject session = answer.object();
        boolean isTheirs = session.string("alias").filter(customerId::equals).isPresent()
                && session.string("org_id").filter(organisation::equals).isPresent();
        return isTheirs
                ? Optional.of(Records.of(customerId, keyId, created(session), expires(session), "tyk")
                        .with(isInactive(session) ? Status.SUSPENDED : Status.VALID))
                : Optional.empty();
    }

    private static Instant created(JsonObject session) {
        try {
            return session.string("date_created")
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .map(time -> Instant.ofEpochSecond(time.getEpochSecond()))
                    .filter(time -> time.isAfter(Instant.EPOCH))
                    .orElse(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Zero and less are never. */
    private static Instant expires(JsonObject session) {
        return session.get("expires")
                .filter(JsonNumber.class::isInstance)
                .map(number -> ((JsonNumber) number).value().longValue())
                .filter(seconds -> seconds > 0 && seconds < 100_000_000_000L)
                .map(Instant::ofEpochSecond)
                .orElse(KeyRecord.NEVER);
    }

    @Override
    public void delete(KeyRecord key) {
        Answer answer = api.delete(Route.of("tyk/keys/{}?hashed=true", key.keyId()));
        if (!answer.isNotThere()) {
            answer.good();
        }
    }
}

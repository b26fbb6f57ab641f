package dev.latchkey.publish;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.PublicJwkWriter;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers what anybody may ask: status lists, the keys to check them and API keys with, and where these are. */
final class Publisher {

    /** Doors use a list for seconds; a second more in caches on the way is in the bound that is promised. */
    private static final String LISTS_CACHED = "public, max-age=1, stale-if-error=0";

    /** How long caches may keep the keys is in RingRotation's time for a next key; in an outage they may for an hour. */
    private static final String KEYS_CACHED = "public, max-age=300, stale-while-revalidate=60, stale-if-error=3600";

    private static final long BUCKET_SECONDS = 5;
    private static final Pattern LIST = Pattern.compile("/statuslists/([1-9][0-9]{0,5})");
    private static final String JSON = "application/json";
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final PublishedLists lists;
    private final KeySource<KeySet> keys;
    private final @Nullable StatusListBase base;
    private final @Nullable String issuer;
    private final Clock clock;

    /**
     * Publishes these.
     *
     * @param keys whose public halves are published
     * @param base where it is published; null for the domain that is asked
     * @param issuer the issuer in the discovery document; null for the base
     */
    Publisher(
            PublishedLists lists,
            KeySource<KeySet> keys,
            @Nullable StatusListBase base,
            @Nullable String issuer,
            Clock clock) {
        this.lists = lists;
        this.keys = keys;
        this.base = base;
        this.issuer = issuer;
        this.clock = clock;
    }

    PublicAnswer answer(PublicRequest request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.method().equals("OPTIONS")) {
            return PublicAnswer.preflight(METHODS);
        }
        if (!reads) {
            return PublicAnswer.problem(405, "only GET and HEAD are answered").with("allow", METHODS);
        }
        StatusListBase here = base == null ? new StatusListBase("https://" + request.domain()) : base;
        Matcher list = LIST.matcher(request.path());
        if (list.matches()) {
            return statusList(request, here, Integer.parseInt(list.group(1)));
        }
        return switch (request.path()) {
            case "/statuslists" -> document(request, aggregation(here), LISTS_CACHED);
            case "/.well-known/jwks.json" -> document(request, PublicJwkWriter.publicSet(keys.current()), KEYS_CACHED);
            case "/.well-known/openid-configuration" -> document(request, discovery(here), KEYS_CACHED);
            default -> PublicAnswer.problem(404, "there is nothing here");
        };
    }

    /** Its tag stays as long as its content, and 5 seconds at most: doors take no list that is 10 seconds older than theirs. */
    private PublicAnswer statusList(PublicRequest request, StatusListBase here, int number) {
        PublishedLists.Listed listed = lists.list(here, number);
        if (listed == null) {
            return PublicAnswer.problem(404, "there is no such list");
        }
        long bucket = clock.instant().getEpochSecond() / BUCKET_SECONDS;
        String etag = "W/\"" + listed.content() + "-" + Long.toHexString(bucket) + "\"";
        return tagged(request, StatusListToken.MEDIA_TYPE, LISTS_CACHED, etag, listed.token());
    }

    private static PublicAnswer document(PublicRequest request, JsonObject json, String caching) {
        String body = json.toString();
        return tagged(request, JSON, caching, "\"" + EntityTag.name(body) + "\"", body);
    }

    private static PublicAnswer tagged(PublicRequest request, String type, String caching, String etag, String body) {
        return EntityTag.isNamed(request.header("if-none-match"), etag)
                ? PublicAnswer.notModified(caching, etag)
                : PublicAnswer.document(type, caching, etag, body);
    }

    /** Whether there is a key that others can check keys with. */
    boolean hasPublicKeys() {
        return keys.current().keys().stream().anyMatch(key -> !key.algorithm().isSymmetric());
    }

    private JsonObject aggregation(StatusListBase here) {
        List<JsonValue> uris = new ArrayList<>();
        for (int number = 1; number <= lists.count(); number++) {
            uris.add(new JsonString(here.uri(number)));
        }
        return new JsonObjectBuilder().put("status_lists", new JsonArray(uris)).build();
    }

    /** What API Gateway's own JWT authorizers read, and where status lists are (OpenID Connect Discovery 1.0 section 3). */
    private JsonObject discovery(StatusListBase here) {
        List<String> algorithms = new ArrayList<>();
        keys.current().keys().forEach(key -> {
            if (!key.algorithm().isSymmetric()
                    && !algorithms.contains(key.algorithm().name())) {
                algorithms.add(key.algorithm().name());
            }
        });
        return new JsonObjectBuilder()
                .put("issuer", issuer == null ? here.address() : issuer)
                .put("jwks_uri", here.address() + "/.well-known/jwks.json")
                .put("response_types_supported", List.of("token"))
                .put("subject_types_supported", List.of("public"))
                .put("id_token_signing_alg_values_supported", algorithms)
                .put("status_list_aggregation_endpoint", here.aggregationUri())
                .build();
    }
}

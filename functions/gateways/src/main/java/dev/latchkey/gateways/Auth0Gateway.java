package dev.latchkey.gateways;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.provisioning.User;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are applications of Auth0 (Auth0 Management API, Clients, Client grants, Organizations). An application gets tokens
 * for the customer's organisation alone, and says in its {@code client_metadata} whose it is and what request made it.
 */
final class Auth0Gateway implements Gateway {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9]{8,64}");
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 10;
    private static final String OWNER = "latchkey_owner";
    private static final String REQUEST = "latchkey_request";
    private static final String CREATED = "latchkey_created";

    private final AdminApi api;
    private final Auth0Organisations organisations;
    private final String audience;
    private final List<String> scopes;
    private final Clock clock;

    Auth0Gateway(AdminApi api, Auth0Organisations organisations, String audience, List<String> scopes, Clock clock) {
        this.api = api;
        this.organisations = organisations;
        this.audience = audience;
        this.scopes = List.copyOf(scopes);
        this.clock = clock;
    }

    @Override
    public User user(String customerId, String email) {
        return organisations.user(customerId, email);
    }

    @Override
    public User provision(String customerId, String email, @Nullable String subscriptionId) {
        return organisations.provision(customerId, email, subscriptionId);
    }

    @Override
    public ApiKey create(NewKey wanted, @Nullable Remembered request) {
        if (request != null && !request.isFirst()) {
            return again(wanted.customerId(), request.id());
        }
        String organisation = organisations.find(wanted.customerId()).orElseGet(() -> {
            organisations.provision(wanted.customerId(), wanted.email(), null);
            return organisations
                    .find(wanted.customerId())
                    .orElseThrow(() -> new GatewayException("Auth0 does not show an organisation that it has made"));
        });
        Answer made = api.post(Route.of("api/v2/clients"), application(organisation, wanted.customerId(), request));
        JsonObject client = made.object();
        String clientId = made.needed(client, "client_id");
        try {
            grant(organisation, clientId);
        } catch (RuntimeException e) {
            removeQuietly(clientId);
            throw e;
        }
        return apiKey(made, client);
    }

    private JsonObject application(String organisation, String customerId, @Nullable Remembered request) {
        String owner = Auth0Organisations.name(customerId);
        JsonObjectBuilder metadata = new JsonObjectBuilder()
                .put(OWNER, owner)
                .put(CREATED, clock.instant().toString());
        if (request != null) {
            metadata.put(REQUEST, request.id());
        }
        return new JsonObjectBuilder()
                .put("name", owner)
                .put("app_type", "non_interactive")
                .put("is_first_party", true)
                .put("grant_types", List.of("client_credentials"))
                .put(
                        "default_organization",
                        new JsonObjectBuilder()
                                .put("organization_id", organisation)
                                .put("flows", List.of("client_credentials"))
                                .build())
                .put("organization_usage", "require")
                .put("client_metadata", metadata.build())
                .build();
    }

    /** Lets an application get tokens for the API, and for this organisation alone. */
    private void grant(String organisation, String clientId) {
        Answer granted = api.post(
                Route.of("api/v2/client-grants"),
                new JsonObjectBuilder()
                        .put("client_id", clientId)
                        .put("audience", audience)
                        .put("scope", scopes)
                        .put("organization_usage", "require")
                        .put("allow_any_organization", false)
                        .build());
        String grant = granted.needed(granted.object(), "id");
        api.post(
                        Route.of("api/v2/organizations/{}/client-grants", organisation),
                        new JsonObjectBuilder().put("grant_id", grant).build())
                .good();
    }

    /** An application without a grant opens nothing, so that one that stays is no key. */
    private void removeQuietly(String clientId) {
        try {
            api.delete(Route.of("api/v2/clients/{}", clientId));
        } catch (GatewayException e) {
            // What failed before is told.
        }
    }

    private ApiKey again(String customerId, String request) {
        for (String clientId : clientIds(customerId)) {
            Answer answer = api.get(Route.of("api/v2/clients/{}", clientId));
            if (answer.isGood()) {
                JsonObject client = answer.object();
                boolean isIt = metadata(client, REQUEST).equals(request)
                        && metadata(client, OWNER).equals(Auth0Organisations.name(customerId));
                if (isIt && client.string("client_secret").isEmpty()) {
                    throw new GatewayException("Auth0 does not show the secret of an application that it has made."
                            + " Allow the application of PLUGIN_AUTH0_M2M_CLIENT_ID read:client_keys");
                }
                if (isIt) {
                    return apiKey(answer, client);
                }
            }
        }
        throw Records.gone();
    }

    private static ApiKey apiKey(Answer answer, JsonObject client) {
        String clientId = answer.needed(client, "client_id");
        JsonObject text = new JsonObjectBuilder()
                .put("client_id", clientId)
                .put("client_secret", answer.needed(client, "client_secret"))
                .build();
        return new ApiKey(text.toString(), clientId, null);
    }

    /** The applications that may get tokens for a customer's organisation and the API. */
    private List<String> clientIds(String customerId) {
        Optional<String> organisation = organisations.find(customerId);
        List<String> ids = new ArrayList<>();
        if (organisation.isEmpty()) {
            return ids;
        }
        for (int page = 0; page < MAX_PAGES; page++) {
            Answer answer = api.get(Route.of(
                    "api/v2/organizations/{}/client-grants?per_page=" + PAGE + "&page=" + page, organisation.get()));
            List<JsonObject> grants = answer.objects(null);
            for (JsonObject grant : grants) {
                if (grant.string("audience").filter(audience::equals).isPresent()) {
                    ids.add(answer.needed(grant, "client_id"));
                }
            }
            if (grants.size() < PAGE) {
                return ids;
            }
        }
        throw new GatewayException("Auth0 has more than " + MAX_PAGES * PAGE + " applications for one customer");
    }

    @Override
    public List<KeyRecord> keys(String customerId) {
        List<KeyRecord> keys = new ArrayList<>();
        for (String clientId : clientIds(customerId)) {
            key(customerId, clientId).ifPresent(keys::add);
        }
        return keys;
    }

    @Override
    public Optional<KeyRecord> key(String customerId, String keyId) {
        if (!CLIENT_ID.matcher(keyId).matches()) {
            return Optional.empty();
        }
        Answer answer =
                api.get(Route.of("api/v2/clients/{}?fields=client_id%2Cclient_metadata&include_fields=true", keyId));
        if (answer.isNotThere()) {
            return Optional.empty();
        }
        JsonObject client = answer.object();
        return metadata(client, OWNER).equals(Auth0Organisations.name(customerId))
                ? Optional.of(Records.of(customerId, keyId, created(client), KeyRecord.NEVER, "auth0-jwt"))
                : Optional.empty();
    }

    private static String metadata(JsonObject client, String name) {
        return client.object("client_metadata").string(name).orElse("");
    }

    private static Instant created(JsonObject client) {
        try {
            return Instant.ofEpochSecond(
                    Instant.parse(metadata(client, CREATED)).getEpochSecond());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public void delete(KeyRecord key) {
        Answer answer = api.delete(Route.of("api/v2/clients/{}", key.keyId()));
        if (!answer.isNotThere()) {
            answer.good();
        }
    }
}

package dev.latchkey.issuekey;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.provisioning.IssuedKey;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyRecord.Details;
import dev.latchkey.provisioning.KeyRoll;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningPlugin;
import java.time.Duration;
import java.time.Instant;

/** Carries requests out with the chosen plugin. */
final class KeyIssuer {

    private static final Duration USUAL_GRACE = Duration.ofHours(24);

    private final ProvisioningPlugin plugin;
    private final Doors doors;

    KeyIssuer(ProvisioningPlugin plugin, Doors doors) {
        this.plugin = plugin;
        this.doors = doors;
    }

    /**
     * Carries out a request.
     *
     * @throws RefusedRequest if a field does not do, or the plugin refuses the request or does not offer it
     */
    Result carryOut(IssueRequest request) throws RefusedRequest {
        Fields fields = request.fields();
        try {
            return switch (request.action()) {
                case CREATE_API_KEY -> createApiKey(request);
                case PROVISION_USER ->
                    Result.of(
                            KeyAnswers.of(
                                    plugin.provisionUser(fields.customerId(), fields.email(), fields.subscriptionId())),
                            new Change.Provisioned(fields.customerId()));
                case GET_USER -> getUser(fields);
                case LIST_API_KEYS ->
                    Result.of(KeyAnswers.of(plugin.listApiKeys(fields.customerId(), fields.limit(), fields.cursor())));
                case GET_API_KEY ->
                    Result.of(KeyAnswers.of(plugin.getApiKey(fields.customerId(), fields.keyId()))
                            .build());
                case UPDATE_API_KEY -> updateApiKey(fields);
                case SUSPEND_API_KEY -> changed(plugin.suspendApiKey(fields.customerId(), fields.keyId()));
                case RESUME_API_KEY -> changed(plugin.resumeApiKey(fields.customerId(), fields.keyId()));
                case REVOKE_API_KEY -> changed(plugin.revokeApiKey(fields.customerId(), fields.keyId()));
                case REVOKE_PRESENTED_KEY -> changed(plugin.revokeApiKey(fields.apikey()));
                case ROLL_API_KEY -> rollApiKey(request);
                case REVOKE_CUSTOMER -> revokeCustomer(fields.anyCustomerId());
                case GET_OPEN_API -> Result.of(OpenApi.document());
                case COUNT_SIGNED_KEYS ->
                    Result.of(KeyAnswers.of(plugin.countSignedKeys(fields.signingKey(), fields.cursor())));
            };
        } catch (ProvisioningException e) {
            throw new RefusedRequest(kind(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    private Result getUser(Fields fields) throws RefusedRequest {
        String customerId = fields.customerId();
        String email = fields.email();
        fields.subscriptionId();
        return Result.of(KeyAnswers.of(plugin.getUser(customerId, email)));
    }

    /** Creates a key, or gives it again. An answer to an idempotency key tells whether it was honoured. */
    private Result createApiKey(IssueRequest request) throws RefusedRequest {
        Fields fields = request.fields();
        String customerId = fields.customerId();
        String email = fields.email();
        fields.subscriptionId();
        String idempotencyKey = fields.idempotencyKey();
        IssuedKey issued = plugin.createApiKey(new NewKey(
                customerId,
                email,
                idempotencyKey,
                new Details(fields.name(), fields.metadata()),
                fields.scopes(),
                fields.plan(),
                fields.expiresIn(),
                request.caller()));
        JsonObjectBuilder body = KeyAnswers.of(issued);
        if (idempotencyKey != null) {
            body.put("idempotent", plugin.isIdempotent());
        }
        return Result.of(body.build(), new Change.Created(customerId, issued.key()));
    }

    /** What is left out stays; {@code null} takes away. */
    private Result updateApiKey(Fields fields) throws RefusedRequest {
        String name = fields.name();
        KeyRecord changed = plugin.updateApiKey(new KeyDescription(
                fields.customerId(),
                fields.keyId(),
                fields.isGiven("name") && name == null ? "" : name,
                fields.isGiven("metadata") ? fields.metadata() : null));
        return Result.of(KeyAnswers.of(changed).build(), new Change.OfKey(changed.customerId(), changed.keyId(), null));
    }

    private Result changed(KeyRecord record) {
        Instant effective = doors.tell(record.changedAt());
        JsonObject body =
                KeyAnswers.of(record).put("effectiveFrom", effective.toString()).build();
        return Result.of(body, new Change.OfKey(record.customerId(), record.keyId(), null));
    }

    private Result rollApiKey(IssueRequest request) throws RefusedRequest {
        Fields fields = request.fields();
        if (fields.has("email")) {
            fields.email();
        }
        Duration grace = fields.grace(USUAL_GRACE, KeyRoll.MAX_GRACE);
        KeyRoll roll =
                new KeyRoll(fields.customerId(), fields.keyId(), grace, fields.idempotencyKey(), request.caller());
        IssuedKey issued = plugin.rollApiKey(roll);
        JsonObjectBuilder body = KeyAnswers.of(issued).put("rolledFrom", roll.keyId());
        Instant end = issued.previousEndsAt();
        if (end != null) {
            body.put("previousEndsAt", end.toString());
        }
        if (grace.isZero()) {
            body.put("effectiveFrom", doors.tell(end).toString());
        }
        return Result.of(
                body.build(), new Change.OfKey(roll.customerId(), issued.key().keyId(), roll.keyId()));
    }

    private Result revokeCustomer(String customerId) {
        Instant until = plugin.revokeCustomer(customerId);
        JsonObject body = new JsonObjectBuilder()
                .put("customerId", customerId)
                .put("issuedUntil", until.toString())
                .put("effectiveFrom", doors.tell(until).toString())
                .build();
        return Result.of(body, new Change.OfCustomer(customerId));
    }

    private static RefusedRequest.Kind kind(ProvisioningException.Kind kind) {
        return switch (kind) {
            case INVALID -> RefusedRequest.Kind.INVALID_REQUEST;
            case NOT_FOUND -> RefusedRequest.Kind.NOT_FOUND;
            case CONFLICT -> RefusedRequest.Kind.CONFLICT;
            case NOT_IMPLEMENTED -> RefusedRequest.Kind.NOT_IMPLEMENTED;
        };
    }
}

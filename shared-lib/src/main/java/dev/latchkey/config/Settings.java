package dev.latchkey.config;

import dev.latchkey.config.Setting.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of all functions: the one place where their names, defaults and bounds stand. Readers, messages and the table
 * of docs/settings.md go by it. Each but AWS's own is read with and without {@code PLUGIN_}.
 */
public final class Settings {

    private static final String AUTHORIZER = "authorizer";
    private static final String ISSUE_KEY = "issue-key";
    private static final String BOTH = "authorizer, issue-key";
    private static final String SIGNERS = "issue-key, publish";
    private static final String ALL_THREE = "authorizer, issue-key, publish";
    private static final String ISSUE_AND_ROTATE = "issue-key, rotate-keys";
    private static final String WITH_METRICS = "authorizer, issue-key, publish, flush-caches";
    private static final String ALL_WITH_KEYS = "authorizer, issue-key, publish, rotate-keys";

    /** Of 365.25 days. */
    private static final int TEN_YEARS = 315_576_000;

    private static final Map<String, Setting> BY_NAME = new LinkedHashMap<>();

    public static final Setting PROVIDER = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_APIM_PROVIDER",
            ISSUE_KEY,
            "jwt",
            "the plugin that issues keys: `jwt`, also called `aws`; `kong-gateway`, `kong-konnect`, `tyk`, `auth0-m2m` or "
                    + "`aws-usage-plan`, with the layer of [gateways](gateways.md); or the slug of [your own](plugins.md)",
            ""));

    public static final Setting ALGORITHM = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_ALGORITHM",
            ALL_WITH_KEYS,
            "HS256",
            "what keys are signed with: `HS256`, `HS384`, `HS512`, `RS256`, `RS384`, `RS512`, `PS256`, "
                    + "`PS384`, `PS512`, `ES256`, `ES384`, `ES512` or `EdDSA` (Ed25519); must fit the key. "
                    + "In a ring of several keys each has its own",
            "RS256"));

    public static final Setting SECRET = add(Setting.of(
            Kind.KEY,
            "PLUGIN_JWT_SECRET",
            SIGNERS,
            "",
            "the signing key: an HMAC secret as long as the hash (256 bits for HS256), a PEM private key "
                    + "(PKCS#8 or PKCS#1, real line breaks or `\\n`), a JWK, or a [key ring](#key-rings)",
            ""));

    public static final Setting SECRET_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_SECRET_ID",
            ALL_WITH_KEYS,
            "",
            "instead: name or ARN of a Secrets Manager secret with any of these, or of one of keys and values, a colon and "
                    + "the key, as in `latchkey/keys:JWT_SECRET`; read again within 5 "
                    + "minutes by the authorizer, which keeps the last good value for an hour, and within a minute "
                    + "by the others, which keep it for five",
            "latchkey/signing-key"));

    public static final Setting KMS_KEY_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_KMS_KEY_ID",
            SIGNERS,
            "",
            "instead: a key pair in [AWS KMS](kms.md), whose private half never leaves it: id, ARN or alias of a key with the usage "
                    + "SIGN_VERIFY (in the template ARNs alone); several, separated by commas: the first signs, the others are published and recognised",
            "alias/latchkey-signing"));

    public static final Setting KMS_ALGORITHM = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_KMS_ALGORITHM",
            SIGNERS,
            "",
            "algorithm that the keys in KMS sign by, RS, PS or ES: one for all that it fits, or one for each key of "
                    + "`PLUGIN_JWT_KMS_KEY_ID`, in their order, separated by commas. Unset, RS256 for RSA keys and the one of its "
                    + "curve for an EC key",
            "PS256"));

    public static final Setting ACTIVE_KEY = add(Setting.choice(
            "PLUGIN_JWT_ACTIVE_KEY",
            SIGNERS,
            "kms",
            "secret",
            "which key signs where `PLUGIN_JWT_KMS_KEY_ID` and `PLUGIN_JWT_SECRET_ID` are both set: the first in KMS, or still "
                    + "the secret's, while those in KMS are published and recognised already"));

    public static final Setting EXTENSION_PORT = add(Setting.of(
            Kind.TEXT,
            "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
            ALL_THREE,
            "",
            "AWS's variable, under this name alone: the port of the Parameters and Secrets Lambda "
                    + "Extension, whose layer the function must have. The secret is then read by it; unset, by the "
                    + "AWS SDK. Not with SnapStart",
            "2773"));

    public static final Setting EXTENSION_CACHE = add(Setting.of(
            Kind.TEXT,
            "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED",
            ALL_THREE,
            "",
            "AWS's variable, under this name alone: must be `false` where the port is set",
            "false"));

    public static final Setting KEY_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_KID",
            ALL_WITH_KEYS,
            "",
            "key id of the signing key; by default a PEM key's RFC 7638 thumbprint. In a ring of several keys "
                    + "each has its own",
            "2026-03"));

    public static final Setting EXPIRES_IN = add(Setting.duration(
            "PLUGIN_JWT_EXPIRES_IN",
            ISSUE_AND_ROTATE,
            "",
            1,
            TEN_YEARS,
            "required: how long a key is valid, in seconds or as `30d`, `12h`, `1.5h`, `2 days`",
            "30d"));

    public static final Setting KEYS_TABLE = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_KEYS_TABLE",
            SIGNERS,
            "",
            "name or ARN of a DynamoDB table with the string keys `pk` and `sk`, which keeps records of "
                    + "keys and remembers requests that have an `idempotencyKey`; unset: issue-key keeps nothing. "
                    + "publish needs it",
            "latchkey-keys"));

    public static final Setting ALLOWED_SCOPES = add(Setting.of(
            Kind.LIST,
            "PLUGIN_JWT_ALLOWED_SCOPES",
            ISSUE_KEY,
            "",
            "scopes that a request for a key may ask for; unset: none",
            "orders:read, orders:write"));

    public static final Setting ALLOWED_PLANS = add(Setting.of(
            Kind.LIST,
            "PLUGIN_JWT_ALLOWED_PLANS",
            ISSUE_KEY,
            "",
            "plans that a request for a key may name; unset: none",
            "gold, silver"));

    public static final Setting MAX_EXPIRES_IN = add(Setting.duration(
            "PLUGIN_JWT_MAX_EXPIRES_IN",
            ISSUE_AND_ROTATE,
            "",
            1,
            TEN_YEARS,
            "longest lifetime that a request for a key may ask for; unset: `PLUGIN_JWT_EXPIRES_IN`",
            "90d"));

    public static final Setting MAX_KEYS = add(Setting.number(
            "PLUGIN_JWT_MAX_KEYS_PER_CUSTOMER",
            ISSUE_KEY,
            100,
            1,
            1000,
            "how many keys a customer may have that have neither expired nor ended, where records of keys are kept"));

    public static final Setting FLUSH_QUEUE = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_JWT_FLUSH_QUEUE_URL",
            ISSUE_KEY,
            "",
            "SQS queue that is told of each change, so that API Gateway's kept answers are flushed; "
                    + "unset: they are not",
            "https://sqs.eu-west-1.amazonaws.com/123456789012/flushes"));

    public static final Setting AUTHORIZER_TTL = add(Setting.number(
            "PLUGIN_JWT_AUTHORIZER_TTL",
            ISSUE_AND_ROTATE,
            3600,
            0,
            3600,
            "seconds for which API Gateway keeps answers: for the times in answers where nothing is flushed"));

    public static final Setting CALLERS = add(Setting.choice(
            "ISSUE_KEY_CALLERS",
            ISSUE_KEY,
            "iam",
            "authorizer",
            "whose word counts for who calls over HTTP: IAM's alone, or another authorizer's in front, too"));

    public static final Setting COMPANY_ID_FIELD = add(Setting.of(
            Kind.LIST,
            "PLUGIN_JWT_COMPANY_ID_FIELD",
            BOTH,
            "org_id",
            "[claim](#claims) of the company id. Of several the first counts that a token has; `=ID` at the end is the "
                    + "id of tokens with none of them. New keys carry the first",
            "org_id, azp, =guests"));

    public static final Setting USER_ID_FIELD =
            add(Setting.of(Kind.LIST, "PLUGIN_JWT_USER_ID_FIELD", BOTH, "sub", "likewise for the user id", "user_id"));

    public static final Setting ISSUER = add(Setting.of(
            Kind.LIST,
            "PLUGIN_JWT_ISSUER",
            ALL_THREE,
            "",
            "`iss` of new keys, and what the authorizer requires. Unset: none, and keys that have one are "
                    + "refused. The authorizer takes several, and `*` waives the check",
            "https://keys.example.com"));

    public static final Setting AUDIENCE = add(Setting.of(
            Kind.LIST, "PLUGIN_JWT_AUDIENCE", BOTH, "", "likewise for `aud`; keys may have several", "orders"));

    public static final Setting AUDIENCE_CLAIM = add(Setting.of(
            Kind.LIST,
            "JWT_AUDIENCE_CLAIM",
            AUTHORIZER,
            "",
            "[claims](#claims) of which the first that is there counts as the audience of a token without `aud`",
            "client_id, azp"));

    public static final Setting SCOPE_CLAIM = add(Setting.of(
            Kind.LIST,
            "SCOPE_CLAIM",
            AUTHORIZER,
            "",
            "[claims](#claims) that hold scopes, or what stands for them: roles, groups, permissions; unset: `scope` and "
                    + "`scp`. All that a token "
                    + "has count: texts, and elements of lists, as they stand; in `scope` and `scp` split at spaces",
            "scp, roles, /realm_access/roles, cognito:groups"));

    public static final Setting VERIFY_KEY = add(Setting.of(
            Kind.KEY,
            "JWT_VERIFY_KEY",
            AUTHORIZER,
            "",
            "the HMAC secret, or a public key: PEM, certificate, JWK or JWK Set. A set of public keys is read like a fetched"
                    + " one: keys that cannot be used are left out, and told in the log",
            ""));

    public static final Setting JWKS_URI = add(Setting.of(
            Kind.ADDRESS,
            "JWKS_URI",
            AUTHORIZER,
            "",
            "instead: address of the issuer's JWK Set, https (which may be left out); plain http to "
                    + "`127.0.0.1`, `[::1]` and `localhost` only. Read again within 10 minutes, for an unknown key "
                    + "id at once, and for more of them every 30 seconds; the last good set is kept for an hour. Secrets in it are ignored, "
                    + "and so is whatever cannot verify; the log tells which and why. Keys of one key id are told apart by "
                    + "their algorithms. Google's document of certificates is read, too",
            "https://issuer.example/.well-known/jwks.json"));

    public static final Setting PRESET = add(Setting.of(
            Kind.TEXT,
            "ISSUER_PRESET",
            AUTHORIZER,
            "",
            "instead: a known [identity provider](issuers.md), `cognito`, `entra`, `auth0`, `okta`, `keycloak`, `google` or "
                    + "`firebase`, which sets what is left unset of issuer, keys, types and claims",
            "cognito"));

    public static final Setting PRESET_DOMAIN = add(Setting.of(
            Kind.TEXT,
            "ISSUER_DOMAIN",
            AUTHORIZER,
            "",
            "the provider's domain, of `auth0`, `okta` and `keycloak`",
            "acme.eu.auth0.com"));

    public static final Setting PRESET_TENANT = add(Setting.of(
            Kind.TEXT,
            "ISSUER_TENANT",
            AUTHORIZER,
            "",
            "the user pool's id (`cognito`), directory id, `organizations` or `common` (`entra`), authorization server (`okta`, "
                    + "usually `default`), realm (`keycloak`) or project (`firebase`)",
            "eu-west-1_AbCdEfGhI"));

    public static final Setting ISSUERS = add(
            Setting.of(
                    Kind.TEXT,
                    "JWT_ISSUERS",
                    AUTHORIZER,
                    "",
                    "several issuers, each with its own keys, as a JSON array. `audience` is required, `\"*\"` "
                            + "waives it; keys are at `jwks_uri`, in `verify_key`, or, with neither, where "
                            + "`<issuer>/.well-known/openid-configuration` says. `preset`, `domain` and `tenant` stand for the "
                            + "rest; `company_claim`, `user_claim`, `scope_claim`, `audience_claim`, `types` and "
                            + "`required_claims` are its own, else as above and below. Tokens of other issuers go by the settings "
                            + "above, or are refused where there are none",
                    "[{\"issuer\":\"https://a.example\",\"audience\":[\"orders\"],\"jwks_uri\":\"https://a.example/jwks\",\"algorithms\":[\"RS256\"]},{\"issuer\":\"https://b.example\",\"audience\":\"*\"}]"));

    public static final Setting ALGORITHMS = add(Setting.of(
            Kind.LIST,
            "JWT_ALGORITHMS",
            AUTHORIZER,
            "",
            "allowed algorithms; unset: what the keys say, a JWK's `alg`, else HS256, RS256, "
                    + "ES256/384/512 by the curve, or EdDSA. A key of a set or secret that names none is for each of "
                    + "them that fits it",
            "RS256, ES256"));

    public static final Setting CLOCK_SKEW =
            add(Setting.number("JWT_CLOCK_SKEW", AUTHORIZER, 5, 0, 60, "seconds of clock difference forgiven"));

    public static final Setting STATUS_LIST_BASE = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_JWT_STATUS_LIST_BASE",
            ALL_THREE,
            "",
            "base address of the status lists; a key's status is fetched from under it alone. Unset: the "
                    + "issuer's own address, where `PLUGIN_JWT_ISSUER` is one; in `JWT_ISSUERS`: `status_list_base`",
            "https://status.example.com"));

    public static final Setting STATUS_CLAIM = add(Setting.choice(
            "JWT_STATUS_CLAIM",
            AUTHORIZER,
            "allowed",
            "required",
            "whether keys without a status claim are allowed, by their time alone, or required to have one"));

    public static final Setting STATUS_MAX_AGE = add(Setting.duration(
            "JWT_STATUS_MAX_AGE",
            AUTHORIZER,
            "3600",
            60,
            86400,
            "how long a status list is believed when no newer one can be had, never past its own end, which for lists of "
                    + "publish is 2 hours; then the answer is 500",
            "15m"));

    public static final Setting TYPE = add(Setting.of(
            Kind.LIST,
            "JWT_TYPE",
            AUTHORIZER,
            "",
            "accepted values of the header's `typ`, `none` for a header without; unset: `JWT` or none; `*` waives "
                    + "the check",
            "at+jwt"));

    public static final Setting MAX_LIFETIME = add(Setting.duration(
            "JWT_MAX_LIFETIME", AUTHORIZER, "", 1, TEN_YEARS, "longest time from `iat` to `exp`; unset: none", "90d"));

    public static final Setting REQUIRED_CLAIMS = add(Setting.of(
            Kind.LIST,
            "JWT_REQUIRED_CLAIMS",
            AUTHORIZER,
            "",
            "[claims](#claims) that must be there, one of several between bars, and values of which each must have one;"
                    + " `*` takes back what `ISSUER_PRESET` requires",
            "tenant, scp|roles, token_use=access|key"));

    public static final Setting REQUIRED_SCOPES = add(Setting.of(
            Kind.LIST,
            "JWT_REQUIRED_SCOPES",
            AUTHORIZER,
            "",
            "scopes (of `SCOPE_CLAIM`) without which a key is denied",
            "orders:read"));

    public static final Setting REQUIRED_SCOPES_MATCH = add(Setting.choice(
            "JWT_REQUIRED_SCOPES_MATCH", AUTHORIZER, "all", "any", "whether all or any of them are needed"));

    public static final Setting TOKEN_SOURCE = add(Setting.of(
            Kind.LIST,
            "JWT_TOKEN_SOURCE",
            AUTHORIZER,
            "header Authorization",
            "where the token stands: `header NAME [SCHEME]`, `query NAME`, `cookie NAME`, "
                    + "`websocket-protocol`. Different tokens in one request are refused",
            "header X-Api-Key, query access_token"));

    public static final Setting SCOPE_ROUTES = add(Setting.of(
            Kind.TEXT,
            "SCOPE_ROUTES",
            AUTHORIZER,
            "",
            "routes by scope, see [scopes and the cache](scopes-and-cache.md)",
            "orders:read = GET /orders, GET /orders/*; orders:write = * /orders/*"));

    public static final Setting POLICY_SCOPE = add(Setting.of(
            Kind.TEXT,
            "POLICY_SCOPE",
            AUTHORIZER,
            "stage",
            "how far an Allow reaches: `stage`, `api`, `method`, which needs the authorizer's cache to be "
                    + "off, or `scoped`, which `SCOPE_ROUTES` implies (in the template, set `ScopeRoutes`)",
            "api"));

    public static final Setting CONTEXT_CLAIMS = add(Setting.of(
            Kind.LIST,
            "CONTEXT_CLAIMS",
            AUTHORIZER,
            "",
            "up to 8 further [claims](#claims) for the context, which has them as texts, `realm.name` as `realm_name` "
                    + "or as it is called before an equals sign. What is no text, is longer than 512 characters or makes "
                    + "the answer longer than 8,192 bytes is left out, and named in the log",
            "plan, realm.name, roles=https://example.com/roles"));

    public static final Setting USAGE_KEY = add(Setting.of(
            Kind.TEXT,
            "USAGE_KEY",
            AUTHORIZER,
            "",
            "usage plan's API key for the customer: the [claim](#claims) that holds it, or a claim, a colon, a space "
                    + "and keys by value",
            "plan: gold=KEY1, silver=KEY2"));

    public static final Setting HTTP_API_RESPONSE = add(Setting.choice(
            "HTTP_API_RESPONSE",
            AUTHORIZER,
            "simple",
            "policy",
            "answer to HTTP APIs with payload format 2.0; with `SCOPE_ROUTES` always `policy`"));

    public static final Setting REFUSAL = add(Setting.choice(
            "REFUSAL",
            AUTHORIZER,
            "error",
            "deny",
            "answer to a bad key of a REST or WebSocket API: an error (401), or a policy that denies "
                    + "(403, kept by API Gateway, and not in Lambda's Errors metric; 401 still where time may "
                    + "change the answer)"));

    public static final Setting METRICS = add(Setting.choice(
            "METRICS",
            WITH_METRICS,
            "on",
            "off",
            "counts decisions, fetches of keys and their age, keys issued and [failures](operations.md#metrics) in the "
                    + "CloudWatch namespace `Latchkey`; `off` does not, and logs allowed calls at DEBUG"));

    public static final Setting METRICS_SERVICE = add(Setting.of(
            Kind.TEXT,
            "METRICS_SERVICE",
            WITH_METRICS,
            "",
            "a name by which metrics are counted once more, as the dimension `Service`, beside that of the function's own "
                    + "name; unset: by the function's name alone. Each is a metric of its own, which AWS charges for",
            "orders"));

    public static final Setting METRICS_STAGE = add(Setting.of(
            Kind.TEXT,
            "METRICS_STAGE",
            WITH_METRICS,
            "",
            "likewise the dimension `Stage`, together with `Service` where both are set",
            "prod"));

    public static final Setting MOESIF_APPLICATION_ID = add(Setting.of(
            Kind.KEY,
            "MOESIF_APPLICATION_ID",
            ISSUE_KEY,
            "",
            "Moesif's Collector Application Id; unset: [Moesif](moesif.md) is told nothing",
            ""));

    public static final Setting MOESIF_BASE_URI = add(Setting.of(
            Kind.ADDRESS,
            "MOESIF_BASE_URI",
            ISSUE_KEY,
            "https://api.moesif.net",
            "Moesif's collector, or a proxy: https; plain http to `127.0.0.1`, `[::1]` and `localhost` only",
            "https://moesif-proxy.example.com"));

    public static final Setting GATEWAY_SECRET_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_GATEWAY_SECRET_ID",
            ISSUE_KEY,
            "",
            "of the [gateways' plugins](gateways.md): name or ARN of the Secrets Manager secret "
                    + "with Kong's admin token, Konnect's access token, Tyk's secret or Auth0's client "
                    + "secret, or of one of keys and values, a colon and the key; read again within a minute",
            "latchkey/gateway"));

    public static final Setting GATEWAY_PLAIN_HTTP = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_GATEWAY_PLAIN_HTTP",
            ISSUE_KEY,
            "",
            "one host to which the gateways' plugins may use plain http, beside this machine. "
                    + "Whoever reads that network reads the keys",
            "kong.internal"));

    public static final Setting KONG_URL = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_KONG_URL",
            ISSUE_KEY,
            "",
            "required by `kong-gateway`: address of Kong's Admin API, with the workspace where " + "there is one",
            "https://kong.internal:8444"));

    public static final Setting KONG_ADMIN_TOKEN = add(Setting.of(
            Kind.KEY,
            "PLUGIN_KONG_ADMIN_TOKEN",
            ISSUE_KEY,
            "",
            "bearer token for Kong's Admin API; unset, and without `PLUGIN_GATEWAY_SECRET_ID`, " + "none is sent",
            ""));

    public static final Setting KONNECT_API_URL = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_KONNECT_API_URL",
            ISSUE_KEY,
            "https://us.api.konghq.com",
            "of `kong-konnect`: address of Konnect's API in your region",
            "https://eu.api.konghq.com"));

    public static final Setting KONNECT_API_VERSION = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_KONNECT_API_VERSION",
            ISSUE_KEY,
            "v2",
            "version of Konnect's API for control planes",
            ""));

    public static final Setting KONNECT_CONTROL_PLANE = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_KONNECT_RUNTIME_GROUP_NAME",
            ISSUE_KEY,
            "default",
            "name of the control plane, once called runtime group",
            ""));

    public static final Setting KONNECT_PATH = add(Setting.choice(
            "PLUGIN_KONNECT_PATH",
            ISSUE_KEY,
            "control-planes",
            "runtime-groups",
            "what control planes are called in the paths of the API: as now, or as once"));

    public static final Setting KONNECT_PAT = add(Setting.of(
            Kind.KEY,
            "PLUGIN_KONNECT_PAT",
            ISSUE_KEY,
            "",
            "Konnect's access token; instead of `PLUGIN_GATEWAY_SECRET_ID`",
            ""));

    public static final Setting TYK_GATEWAY_URL = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_TYK_GATEWAY_URL",
            ISSUE_KEY,
            "",
            "required by `tyk`: address of the gateway's own API",
            "https://tyk.internal:8080"));

    public static final Setting TYK_ORG_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_TYK_DASH_ORG_ID",
            ISSUE_KEY,
            "",
            "required by `tyk`: id of the organisation that keys belong to",
            "5e9d9544a1dcd60001d0ed20"));

    public static final Setting TYK_POLICIES = add(Setting.of(
            Kind.LIST,
            "PLUGIN_TYK_POLICIES",
            ISSUE_KEY,
            "",
            "required by `tyk`: ids of the policies that keys get, which say what they open and " + "how often",
            "gold, orders"));

    public static final Setting TYK_SECRET = add(Setting.of(
            Kind.KEY,
            "PLUGIN_TYK_GATEWAY_SECRET_KEY",
            ISSUE_KEY,
            "",
            "the gateway's secret; instead of `PLUGIN_GATEWAY_SECRET_ID`",
            ""));

    public static final Setting AUTH0_DOMAIN = add(Setting.of(
            Kind.ADDRESS,
            "PLUGIN_AUTH0_M2M_DOMAIN",
            ISSUE_KEY,
            "",
            "required by `auth0-m2m`: the tenant's own domain",
            "acme.eu.auth0.com"));

    public static final Setting AUTH0_CLIENT_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_AUTH0_M2M_CLIENT_ID",
            ISSUE_KEY,
            "",
            "required by `auth0-m2m`: the application that may use Auth0's Management API",
            ""));

    public static final Setting AUTH0_CLIENT_SECRET = add(Setting.of(
            Kind.KEY,
            "PLUGIN_AUTH0_M2M_CLIENT_SECRET",
            ISSUE_KEY,
            "",
            "its secret; instead of `PLUGIN_GATEWAY_SECRET_ID`",
            ""));

    public static final Setting AUTH0_API_AUDIENCE = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_AUTH0_M2M_API_AUDIENCE",
            ISSUE_KEY,
            "",
            "required by `auth0-m2m`: the audience of your own API, which customers get tokens for",
            "https://api.example.com"));

    public static final Setting AUTH0_API_SCOPE = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_AUTH0_M2M_API_SCOPE",
            ISSUE_KEY,
            "",
            "scopes of your own API that customers get, separated by spaces",
            "orders:read orders:write"));

    public static final Setting USAGE_PLAN_ID = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_AWS_USAGE_PLAN_ID",
            ISSUE_KEY,
            "",
            "required by `aws-usage-plan`: the usage plan of API Gateway that keys are put into",
            "a1b2c3"));

    public static final Setting FLUSH_STAGES = add(Setting.of(
            Kind.LIST,
            "FLUSH_STAGES",
            "flush-caches",
            "",
            "required: the stages whose kept answers are flushed",
            "rest:abcdef1234/prod, http:abcdef1234/$default"));

    public static final Setting NEXT_ALGORITHM = add(Setting.of(
            Kind.TEXT,
            "PLUGIN_JWT_NEXT_ALGORITHM",
            "rotate-keys",
            "",
            "algorithm of the keys that [rotations](rotation.md) make; unset: that of the key before",
            "RS256"));

    private static final List<String> BEGINNINGS =
            List.of("ISSUER_", "JWT_", "JWKS_", "POLICY_", "SCOPE_", "HTTP_API_", "MOESIF_", "FLUSH_");

    /** Those of gateways' plugins, which count where one is chosen: before, these names are anybody's. */
    private static final List<String> BEGINNINGS_OF_GATEWAYS =
            List.of("GATEWAY_", "KONG_", "KONNECT_", "TYK_", "AUTH0_M2M_");

    private static final List<String> GATEWAYS = List.of("kong", "konnect", "tyk", "auth0");

    private Settings() {}

    /** All of them, in the order in which they are told of. */
    public static List<Setting> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The setting that a variable is of, in either spelling; empty where it is none's. */
    public static Optional<Setting> named(String variable) {
        return Optional.ofNullable(BY_NAME.get(Setting.plain(variable)));
    }

    /** Tells whether a variable's name looks like a setting's and is none's. */
    public static boolean isMisspelt(String variable) {
        return isLike(variable, BEGINNINGS);
    }

    /** Tells the same of the settings of gateways' plugins, where the provider is one of these. */
    static boolean isMisspelt(String variable, String provider) {
        for (String gateway : GATEWAYS) {
            if (provider.startsWith(gateway)) {
                return isLike(variable, BEGINNINGS_OF_GATEWAYS);
            }
        }
        return false;
    }

    private static boolean isLike(String variable, List<String> beginnings) {
        String plain = Setting.plain(variable);
        for (String beginning : beginnings) {
            if (plain.startsWith(beginning)) {
                return !BY_NAME.containsKey(plain);
            }
        }
        return false;
    }

    private static Setting add(Setting setting) {
        BY_NAME.put(setting.plain(), setting);
        return setting;
    }
}

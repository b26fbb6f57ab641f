package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static java.util.Map.entry;

import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.RefreshingKeySource;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.PluginLoader;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.testing.KeptKey;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting of the library, with values to try. */
final class SettingsTable {

    private static final Map<String, String> SIGNING =
            Map.of("PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_EXPIRES_IN", "30d");
    private static final Map<String, String> CHECKING = Map.of("JWT_VERIFY_KEY", SECRET);
    private static final Map<String, String> LIFETIME = Map.of("PLUGIN_JWT_EXPIRES_IN", "30d");
    private static final String RESERVED = "has a meaning of its own";
    private static final String NO_KEY = "needs at least 256 bits, got 40";
    private static final String JWKS = "https://issuer.example/jwks";
    private static final Clock CLOCK = new TurnableClock(TestTokens.NOW);

    private SettingsTable() {}

    static Stream<SettingTrial> all() {
        return Stream.of(issuing(), checking(), rotating(), List.of(provider())).flatMap(List::stream);
    }

    private static List<SettingTrial> issuing() {
        Map<String, String> secret = Map.of("PLUGIN_JWT_SECRET", SECRET);
        return List.of(
                issue("JWT_ALGORITHM", SIGNING, entry("hs256", "HS256"), "RS256", "HS256", "none", "unknown algorithm")
                        .as(s -> s.keys().current().algorithm().name()),
                issue("JWT_SECRET", LIFETIME, entry(SECRET, "first"), OTHER_SECRET, null, "short", NO_KEY)
                        .as(SettingsTable::whichSecretSigns),
                issue(
                                "JWT_SECRET_ID",
                                LIFETIME,
                                entry("a/b", "a/b"),
                                "c/d",
                                null,
                                "a b",
                                "is neither the name nor the ARN")
                        .as(s -> s.keys().current().kid().orElse("")),
                issue(
                                "JWT_KMS_KEY_ID",
                                LIFETIME,
                                entry("alias/rsa", "RS256"),
                                "alias/ec,alias/rsa",
                                null,
                                "a b",
                                "is no id, ARN or alias of a KMS key")
                        .as(s -> s.keys().current().algorithm().name()),
                issue(
                                "JWT_KMS_ALGORITHM",
                                Map.of("JWT_EXPIRES_IN", "30d", "JWT_KMS_KEY_ID", "alias/rsa"),
                                entry("PS256", "PS256"),
                                "rs512",
                                "RS256",
                                "HS256",
                                "KMS does not sign by HS256")
                        .as(s -> s.keys().current().algorithm().name()),
                issue(
                                "JWT_ACTIVE_KEY",
                                Map.of(
                                        "JWT_EXPIRES_IN", "30d",
                                        "JWT_KMS_KEY_ID", "alias/ec",
                                        "JWT_SECRET_ID", "rsa/before"),
                                entry("secret", "RS256"),
                                "kms",
                                "ES256",
                                "both",
                                "needs kms")
                        .as(s -> s.keys().current().algorithm().name()),
                issue("JWT_EXPIRES_IN", secret, entry("2 days", "PT48H"), "30d", null, "soon", "not a lifetime")
                        .as(s -> s.lifetime().toString()),
                issue("JWT_KID", SIGNING, entry("k1", "k1"), "k2", "none", "k\u00071", "control characters")
                        .as(s -> s.keys().current().kid().orElse("none")),
                issue("JWT_USER_ID_FIELD", SIGNING, entry("uid", "uid"), "id", "sub", "exp", RESERVED)
                        .as(s -> s.claimNames().userId()),
                issue("JWT_COMPANY_ID_FIELD", SIGNING, entry("sub", "sub"), "id", "org_id", "jti", RESERVED)
                        .as(s -> s.claimNames().companyId()),
                issue(
                                "JWT_KEYS_TABLE",
                                SIGNING,
                                entry("keys", "keys"),
                                "arn:aws:dynamodb:us-east-1:123456789012:table/keys",
                                "null",
                                "a/b",
                                "is neither the name nor the ARN of a DynamoDB table, got \"a/b\"")
                        .as(s -> String.valueOf(s.keysTable())),
                issue(
                                "JWT_STATUS_LIST_BASE",
                                SIGNING,
                                entry("https://s.example/", "https://s.example"),
                                "https://t.example",
                                "none",
                                "https://s.example/?a",
                                "has a query")
                        .as(s -> {
                            StatusListBase base = s.statusListBase();
                            return base == null ? "none" : base.address();
                        }),
                issue("JWT_ALLOWED_SCOPES", SIGNING, entry("a:b", "[a:b]"), "c", "[]", "a b", "needs words")
                        .as(s -> s.allowedScopes().toString()),
                issue("JWT_ALLOWED_PLANS", SIGNING, entry("gold", "[gold]"), "silver", "[]", "a b", "needs words")
                        .as(s -> s.allowedPlans().toString()),
                issue("JWT_MAX_EXPIRES_IN", SIGNING, entry("60d", "PT1440H"), "90d", "PT720H", "29d", "is shorter than")
                        .as(s -> s.maxLifetime().toString()),
                issue("JWT_MAX_KEYS_PER_CUSTOMER", SIGNING, entry("7", "7"), "8", "100", "0", "from 1 to 1000")
                        .as(s -> String.valueOf(s.maxKeys())),
                issue("JWT_ISSUER", SIGNING, entry("https://i.example", "https://i.example"), "b", "null", "*", "waive")
                        .as(s -> String.valueOf(s.issuer())),
                issue("JWT_AUDIENCE", SIGNING, entry("a, b", "[a, b]"), "b", "[]", "*", "waive")
                        .as(s -> s.audience().toString()));
    }

    private static List<SettingTrial> checking() {
        return List.of(
                check("JWT_VERIFY_KEY", Map.of(), entry(SECRET, "first"), OTHER_SECRET, null, "short", NO_KEY)
                        .as(SettingsTable::whichSecretChecks),
                check(
                                "JWT_SECRET_ID",
                                Map.of(),
                                entry("a/b", "a/b"),
                                "c/d",
                                null,
                                "a b",
                                "is neither the name nor the ARN")
                        .as(s -> key(s).kid().orElse("")),
                check(
                                "JWKS_URI",
                                Map.of(),
                                entry(JWKS, "remote"),
                                "a.example",
                                null,
                                "http://a.example",
                                "https address")
                        .as(s -> s.keys() instanceof RefreshingKeySource ? "remote" : "fixed"),
                check(
                                "JWT_ISSUERS",
                                CHECKING,
                                entry(issuers("a"), "[a]"),
                                issuers("b"),
                                "[]",
                                "{}",
                                "needs a JSON array")
                        .as(s -> s.issuers().stream()
                                .flatMap(one -> one.issuers().stream())
                                .toList()
                                .toString()),
                check("JWT_ALGORITHMS", CHECKING, entry("HS256", "HS256"), "HS256,RS256", "HS256", "none", "unknown")
                        .as(s -> key(s).algorithm().name()),
                check("JWT_KID", CHECKING, entry("k1", "k1"), "k2", "none", "k\u00071", "control characters")
                        .as(s -> key(s).kid().orElse("none")),
                check("JWT_ISSUER", CHECKING, entry("a", "OneOf[values=[a]]"), "b", "Absent[]", "*,a", "waives")
                        .as(s -> s.rules().issuer().toString()),
                check("JWT_AUDIENCE", CHECKING, entry("a,b", "OneOf[values=[a, b]]"), "b", "Absent[]", "a,*", "waives")
                        .as(s -> s.rules().audience().toString()),
                check("JWT_TYPE", CHECKING, entry("at+JWT", "[at+jwt]"), "x", "[jwt]", "*,a", "waives")
                        .as(s -> s.rules().types().accepted().toString()),
                check("JWT_MAX_LIFETIME", CHECKING, entry("1d", "PT24H"), "60", "null", "soon", "not a lifetime")
                        .as(s -> String.valueOf(s.rules().maxLifetime())),
                check(
                                "JWT_REQUIRED_CLAIMS",
                                CHECKING,
                                entry("a.b=c|d", "[RequiredClaim[anyOf=[a.b], values=[c, d]]]"),
                                "x",
                                "[]",
                                "a..b",
                                "needs entries such as")
                        .as(s -> s.rules().requiredClaims().toString()),
                check(
                                "JWT_STATUS_LIST_BASE",
                                CHECKING,
                                entry("https://s.example/", "https://s.example"),
                                "https://t.example",
                                "none",
                                "http://s.example",
                                "https address")
                        .as(s -> {
                            StatusListBase base = s.statuses().base();
                            return base == null ? "none" : base.address();
                        }),
                check(
                                "JWT_STATUS_CLAIM",
                                CHECKING,
                                entry("required", "true"),
                                "allowed",
                                "false",
                                "yes",
                                "needs allowed")
                        .as(s -> String.valueOf(s.statuses().isRequired())),
                check(
                                "JWT_STATUS_MAX_AGE",
                                CHECKING,
                                entry("10m", "PT10M"),
                                "1d",
                                "PT1H",
                                "59s",
                                "1 minute to 24 hours")
                        .as(s -> s.statuses().maxAge().toString()),
                check("JWT_CLOCK_SKEW", CHECKING, entry("60", "PT1M"), "0", "PT5S", "61", "from 0 to 60")
                        .as(s -> s.rules().clockSkew().toString()),
                check("JWT_USER_ID_FIELD", CHECKING, entry("uid", "uid"), "/a/b", "sub", "exp", RESERVED)
                        .as(s -> s.rules().claims().user().toString()),
                check(
                                "JWT_AUDIENCE_CLAIM",
                                Map.of("JWT_VERIFY_KEY", SECRET, "JWT_AUDIENCE", "a"),
                                entry("client_id, azp", "[client_id, azp]"),
                                "azp",
                                "[]",
                                "/a//b",
                                "can never match")
                        .as(s -> s.rules().claims().audience().toString()),
                check("JWT_COMPANY_ID_FIELD", CHECKING, entry("tid,=a", "tid, =a"), "iss", "org_id", "jti", RESERVED)
                        .as(s -> s.rules().claims().company().toString()),
                check("SCOPE_CLAIM", CHECKING, entry("a:b, /c/d", "[a:b, /c/d]"), "x", "[scope, scp]", "a..b", "never")
                        .as(s -> s.rules().claims().scopes().toString()));
    }

    private static SettingTrial provider() {
        return new SettingTrial(
                "APIM_PROVIDER",
                "issuing",
                SIGNING,
                entry("aws", "jwt"),
                "jwt",
                "jwt",
                "kong",
                "no plugin is called",
                environment -> PluginLoader.ofClassPath()
                        .load(new PluginContext(environment, secrets(), table -> record -> record))
                        .slug());
    }

    private static List<SettingTrial> rotating() {
        return List.of(
                rotate("JWT_NEXT_ALGORITHM", entry("es256", "ES256"), "RS256", "null", "none", "unknown algorithm")
                        .as(s -> String.valueOf(s.ofNext())),
                rotate("JWT_AUTHORIZER_TTL", entry("0", "PT0S"), "300", "PT1H", "3601", "from 0 to 3600")
                        .as(s -> s.authorizerTtl().toString()),
                rotate("JWT_MAX_EXPIRES_IN", entry("60d", "PT1440H"), "1d", "PT720H", "soon", "not a lifetime")
                        .as(s -> String.valueOf(s.longestLifetime())));
    }

    private static String issuers(String issuer) {
        return "[{\"issuer\":\"" + issuer + "\",\"audience\":\"*\",\"verify_key\":\"" + SECRET + "\"}]";
    }

    /** Secrets that hold a key whose kid is the secret's name, and KMS keys of the kind that their aliases tell. */
    static Secrets secrets() {
        return secrets(id -> {
            if (id.equals("alias/gone")) {
                throw new InvalidKeyMaterialException("the key is disabled");
            }
            return new KeptKey(id.equals("alias/ec") ? TestKeys.ec("kept", 256) : TestKeys.rsa("kept"));
        });
    }

    /** The same secrets, and what KMS answers for each key. */
    static Secrets secrets(Function<String, ManagedKey> kms) {
        SecretSources sources = new SecretSources() {
            @Override
            public SecretSource open(@Nullable SecretsExtension extension) {
                return SettingsTable::ringNamed;
            }

            @Override
            public ManagedKey managedKey(String id) {
                return kms.apply(id);
            }
        };
        return new Secrets(sources, CLOCK, (age, failure) -> {});
    }

    /** A ring of one key with that id: an RSA key where the id begins with rsa, else a shared secret. */
    private static String ringNamed(String id) {
        if (id.equals("gone")) {
            throw new InvalidKeyMaterialException("the secret is deleted");
        }
        if (id.equals("rsa/plain")) {
            return "{" + TestKeys.privateJwkMembers(TestKeys.rsa("signing")) + "}";
        }
        if (id.startsWith("rsa")) {
            return "{\"keys\":[{\"kid\":\"" + id + "\",\"alg\":\"RS256\",\"status\":\"active\","
                    + TestKeys.privateJwkMembers(TestKeys.rsa("signing")) + "}]}";
        }
        return "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"" + id + "\",\"status\":\"active\",\"k\":\""
                + LeakGuard.secret("WmszVm44cVcxeFliN1J0THAwc01kNUhnQ2U5VWFKZjI") + "\"}]}";
    }

    private static String whichSecretSigns(SigningSettings settings) {
        String token = new TokenSigner(settings.keys(), settings.claimNames(), null, List.of())
                .sign(new KeyClaims("cus_1", "key_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(60)));
        VerificationSettings checking =
                VerificationSettings.read(new SettingsReader(Map.of("JWT_VERIFY_KEY", SECRET)), secrets());
        return accepts(checking, token) ? "first" : "second";
    }

    private static String whichSecretChecks(VerificationSettings settings) {
        return accepts(settings, TestTokens.good("HS256").hs256(SECRET)) ? "first" : "second";
    }

    private static boolean accepts(VerificationSettings settings, String token) {
        return new TokenVerifier(settings.keys(), VerificationRules.DEFAULT, CLOCK).verify(token)
                instanceof Verification.Verified;
    }

    private static VerificationKey key(VerificationSettings settings) {
        KeySet keys = settings.keys().current();
        return keys.keys().get(0);
    }

    private interface Shown<S> {
        SettingTrial as(Function<S, String> shown);
    }

    private static Shown<SigningSettings> issue(
            String name,
            Map<String, String> others,
            Map.Entry<String, String> good,
            String other,
            @Nullable String absent,
            @Nullable String malformed,
            String problem) {
        return shown -> new SettingTrial(
                name,
                "issuing",
                others,
                good,
                other,
                absent,
                malformed,
                problem,
                environment -> shown.apply(SigningSettings.read(environment, secrets())));
    }

    private static Shown<VerificationSettings> check(
            String name,
            Map<String, String> others,
            Map.Entry<String, String> good,
            String other,
            @Nullable String absent,
            @Nullable String malformed,
            String problem) {
        return shown -> new SettingTrial(
                name,
                "checking",
                others,
                good,
                other,
                absent,
                malformed,
                problem,
                environment -> shown.apply(VerificationSettings.read(new SettingsReader(environment), secrets())));
    }

    private static Shown<RotationSettings> rotate(
            String name,
            Map.Entry<String, String> good,
            String other,
            String absent,
            String malformed,
            String problem) {
        return shown -> new SettingTrial(
                name,
                "rotating",
                Map.of("PLUGIN_JWT_SECRET_ID", "a/b", "PLUGIN_JWT_EXPIRES_IN", "30d"),
                good,
                other,
                absent,
                malformed,
                problem,
                environment -> shown.apply(RotationSettings.read(new SettingsReader(environment))));
    }
}

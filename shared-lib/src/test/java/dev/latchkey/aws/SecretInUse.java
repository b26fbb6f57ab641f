package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.SECRET;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.SigningSettings;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret in the emulator, with a signer and a verifier that read it by their settings; it starts with the key k1. */
final class SecretInUse {

    /** Tokens stay good while the keys' clock turns. */
    private static final TurnableClock TOKEN_CLOCK = new TurnableClock(TestTokens.NOW);

    final String name = "latchkey/" + UUID.randomUUID();
    final SecretsManagerClient aws = SecretsManagerClient.create();
    private final SecretsManagerSource source = new SecretsManagerSource();
    final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    final AtomicInteger readings = new AtomicInteger();
    final Set<String> asked = ConcurrentHashMap.newKeySet();
    final List<RuntimeException> failures = new ArrayList<>();
    private final TokenVerifier verifier = verifier();
    private final TokenSigner signer = signer();

    SecretInUse() {
        aws.createSecret(create -> create.name(name).secretString(ring(key("k1", SECRET, "active"))));
    }

    private TokenVerifier verifier() {
        VerificationSettings settings =
                VerificationSettings.read(new SettingsReader(Map.of("JWT_SECRET_ID", name)), secrets());
        return new TokenVerifier(settings.keys(), settings.rules(), TOKEN_CLOCK);
    }

    private TokenSigner signer() {
        SigningSettings settings =
                SigningSettings.read(Map.of("JWT_SECRET_ID", name, "JWT_EXPIRES_IN", "1h"), secrets());
        return new TokenSigner(settings.keys(), settings.claimNames(), null, List.of());
    }

    private Secrets secrets() {
        SecretSource counting = id -> {
            readings.incrementAndGet();
            asked.add(id);
            return source.read(id);
        };
        return new Secrets(extension -> counting, clock, TestFetches.failuresTo(failures));
    }

    /** A new token by the signer. */
    String issue() {
        String token = signer.sign(new KeyClaims("cus_1", "key_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(3600)));
        LeakGuard.secret(token.substring(token.lastIndexOf('.') + 1));
        return token;
    }

    /** Tells whether the verifier takes a token. */
    boolean accepts(String token) {
        return verifier.verify(token) instanceof Verification.Verified;
    }

    /** Makes this the current value. */
    void store(String value) {
        aws.putSecretValue(put -> put.secretId(name).secretString(value));
    }

    /** The id of the current version. */
    String version() {
        return aws.getSecretValue(get -> get.secretId(name)).versionId();
    }

    /** A token that was signed elsewhere. */
    static String token(String kid, String secret) {
        return TestTokens.good("HS256").header("kid", kid).hs256(secret);
    }

    /** A key ring of these keys. */
    static String ring(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** A key of a key ring. */
    static String key(String kid, String secret, String status) {
        return "{" + TestKeys.jwkMembers(secret) + ",\"kid\":\"" + kid + "\",\"status\":\"" + status + "\"}";
    }
}

package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyDeniedException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.testing.KeptKey;
import dev.latchkey.testing.TestKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of keys in KMS")
class KmsSettingsTest {

    private static final ManagedKey RSA = new KeptKey(TestKeys.rsa("kept"));
    private static final ManagedKey OTHER_RSA = new KeptKey(TestKeys.rsa("kept too"));
    private static final ManagedKey EC = new KeptKey(TestKeys.ec("kept", 256));

    private final KeysUnavailableException down = new KeysUnavailableException("KMS is down", null);

    private final Map<String, Object> kms =
            new HashMap<>(Map.of("alias/rsa", RSA, "alias/other", OTHER_RSA, "alias/ec", EC));

    KmsSettingsTest() {
        kms.put("alias/gone", new InvalidKeyMaterialException("the key is disabled"));
    }

    @Test
    @DisplayName("name a key beside the secret that signed before, and nothing else beside it")
    void besideTheSecret() {
        SigningSettings settings = read(Map.of("JWT_KMS_KEY_ID", "alias/rsa", "JWT_SECRET_ID", "before"));

        assertThat(settings.keys().current().algorithm()).hasToString("RS256");
        assertThat(settings.ownKeys().current().keys()).hasSize(2);
        assertThat(settings.ownKeys().current().find("before")).isPresent();
        assertProblem(Map.of("JWT_KMS_KEY_ID", "alias/rsa", "JWT_SECRET", "any"), "KMS_KEY_ID is set, too");
        assertProblem(Map.of("JWT_KMS_KEY_ID", ","), "names no key");
        assertProblem(Map.of("JWT_KMS_KEY_ID", "alias/a,".repeat(11)), "more than 10 keys");
    }

    @Test
    @DisplayName("leave out a key that is gone, named twice or no key for JWTs, if it does not sign, and tell of it")
    void leftOut() {
        kms.put("alias/small", new KeptKey(TestKeys.rsa("small", 1024)));
        kms.put("alias/again", RSA);
        Told told = new Told();

        KeySet keys = read(
                        Map.of("JWT_KMS_KEY_ID", "alias/rsa,alias/gone,alias/again,alias/small,alias/ec"),
                        told::listening)
                .ownKeys()
                .current();

        assertThat(keys.keys()).extracting(key -> key.algorithm().name()).containsExactly("RS256", "ES256");
        assertThat(told.failures).hasSize(3);
        assertThat(told.failures.get(0)).hasMessageContaining("disabled");
        assertThat(told.failures.get(1)).hasMessageContaining("the KMS key alias/again is named twice");
        assertThat(told.failures.get(2))
                .hasMessageContaining("the KMS key alias/small: ")
                .hasMessageContaining("2048");
        assertNoKeys(Map.of("JWT_KMS_KEY_ID", "alias/gone,alias/rsa"), "the key is disabled");
        assertNoKeys(Map.of("JWT_KMS_KEY_ID", "alias/small,alias/rsa"), "2048");
    }

    @Test
    @DisplayName("give one algorithm to the first key and to all that it fits, or one to each")
    void algorithms() {
        String list = "alias/rsa,alias/ec,alias/other";
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", list))).containsExactly("RS256", "ES256", "RS256");
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", list, "JWT_KMS_ALGORITHM", "PS384")))
                .containsExactly("PS384", "ES256", "PS384");
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", list, "JWT_KMS_ALGORITHM", "RS512, es256 ,PS256")))
                .containsExactly("RS512", "ES256", "PS256");
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", list, "JWT_KMS_ALGORITHM", "RS512,RS512,PS256")))
                .containsExactly("RS512", "PS256");
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", "alias/ec,alias/rsa", "JWT_KMS_ALGORITHM", "RS512")))
                .containsExactly("ES256", "RS512");
        assertNoKeys(Map.of("JWT_KMS_KEY_ID", "alias/ec", "JWT_KMS_ALGORITHM", "RS256"), "RS256 needs an RSA key");
        assertProblem(
                Map.of("JWT_KMS_KEY_ID", list, "JWT_KMS_ALGORITHM", "RS256,RS256"), "names 2 algorithms for 3 keys");
        assertProblem(
                Map.of("JWT_KMS_KEY_ID", "alias/rsa", "JWT_KMS_ALGORITHM", "EdDSA"), "KMS does not sign by EdDSA");
    }

    @Test
    @DisplayName("leave the secret's algorithm to the secret, whichever of the two signs")
    void algorithmOfTheSecret() {
        for (String active : new String[] {"kms", "secret"}) {
            assertThat(algorithms(Map.of(
                            "JWT_KMS_KEY_ID", "alias/other",
                            "JWT_KMS_ALGORITHM", "RS256",
                            "JWT_SECRET_ID", "rsa/plain",
                            "JWT_ALGORITHM", "RS512",
                            "JWT_ACTIVE_KEY", active)))
                    .as(active)
                    .containsExactlyInAnyOrder("RS512", "RS256");
        }
    }

    @Test
    @DisplayName("let the secret sign on while keys in KMS are published already")
    void secretSigns() {
        SigningSettings settings = read(Map.of(
                "JWT_KMS_KEY_ID", "alias/gone,alias/ec", "JWT_SECRET_ID", "rsa/before", "JWT_ACTIVE_KEY", "secret"));

        assertThat(settings.keys().current().kid()).contains("rsa/before");
        assertThat(settings.ownKeys().current().keys())
                .extracting(key -> key.algorithm().name())
                .containsExactly("RS256", "ES256");
        assertThat(algorithms(Map.of(
                        "JWT_KMS_KEY_ID", "alias/gone", "JWT_SECRET_ID", "rsa/before", "JWT_ACTIVE_KEY", "secret")))
                .containsExactly("RS256");
        assertProblem(
                Map.of("JWT_KMS_KEY_ID", "alias/rsa", "JWT_ACTIVE_KEY", "secret"),
                "ACTIVE_KEY: is secret, and no secret is named. Set PLUGIN_JWT_SECRET_ID");
    }

    @Test
    @DisplayName("let no shared secret sign beside keys in KMS, even if none of them can be used")
    void sharedSecret() {
        for (String keys : new String[] {"alias/rsa", "alias/gone"}) {
            assertNoKeys(
                    Map.of("JWT_KMS_KEY_ID", keys, "JWT_SECRET_ID", "shared", "JWT_ACTIVE_KEY", "secret"),
                    "a shared secret, which is never published");
        }
    }

    @Test
    @DisplayName("K3: let the secret sign while KMS does not answer, and publish no set that may lack a key")
    void kmsIsDown() {
        kms.put("alias/rsa", down);

        SigningSettings settings =
                read(Map.of("JWT_KMS_KEY_ID", "alias/rsa", "JWT_SECRET_ID", "rsa/before", "JWT_ACTIVE_KEY", "secret"));

        assertThat(settings.keys().current().kid()).contains("rsa/before");
        assertUnpublished(settings);
    }

    @Test
    @DisplayName("K3: let the first key sign, whatever becomes of the secret and of other keys")
    void firstSigns() {
        kms.put("alias/other", down);
        for (Map<String, String> more : List.of(
                Map.of("JWT_SECRET_ID", "gone"),
                Map.of("JWT_SECRET_ID", "before", "JWT_KID", "another"),
                Map.of("JWT_KMS_KEY_ID", "alias/rsa,alias/other"))) {
            Map<String, String> all = new HashMap<>(Map.of("JWT_KMS_KEY_ID", "alias/rsa"));
            all.putAll(more);
            SigningSettings settings = read(all);

            assertThat(settings.keys().current().algorithm())
                    .as(more.toString())
                    .hasToString("RS256");
            assertUnpublished(settings);
        }
    }

    @Test
    @DisplayName("K3: publish the others where the first is gone, which then signs nothing")
    void firstIsGone() {
        Map<String, String> settings = Map.of("JWT_KMS_KEY_ID", "alias/gone,alias/ec");

        assertNoKeys(settings, "the key is disabled");
        assertThat(algorithms(settings)).containsExactly("ES256");
    }

    @Test
    @DisplayName(
            "K3: go by what KMS told last when it does not answer, of a key that is there and of one that is gone, and ask it no more"
                    + " that time")
    void toldBefore() {
        SigningSettings settings =
                read(Map.of("JWT_KMS_KEY_ID", "alias/rsa,alias/ec,alias/other", "JWT_SECRET_ID", "rsa/before"));
        assertThat(publishedAnew(settings)).isEqualTo(4);

        kms.put("alias/rsa", down);
        kms.put("alias/ec", new IllegalStateException("asked although KMS does not answer"));
        assertThat(publishedAnew(settings)).isEqualTo(4);

        kms.put("alias/rsa", RSA);
        kms.put("alias/ec", new InvalidKeyMaterialException("the key is disabled"));
        assertThat(publishedAnew(settings)).isEqualTo(3);

        kms.put("alias/ec", down);
        assertThat(publishedAnew(settings)).isEqualTo(3);

        kms.put("alias/ec", EC);
        assertThat(publishedAnew(settings)).isEqualTo(4);
    }

    @Test
    @DisplayName("K3: publish nothing where this function alone may not use the key that signs, or there is no other")
    void signsUnpublished() {
        kms.put("alias/denied", new KeyDeniedException("allow it"));

        assertUnpublished(read(Map.of("JWT_KMS_KEY_ID", "alias/denied,alias/ec")));
        assertUnpublished(read(Map.of("JWT_KMS_KEY_ID", "alias/gone")));
        assertUnpublished(read(Map.of("JWT_KMS_KEY_ID", "alias/gone", "JWT_SECRET_ID", "shared")));
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", "alias/gone", "JWT_SECRET_ID", "rsa/before")))
                .containsExactly("RS256");
        assertThat(algorithms(Map.of("JWT_KMS_KEY_ID", "alias/ec,alias/denied")))
                .containsExactly("ES256");
        assertThat(algorithms(Map.of(
                        "JWT_KMS_KEY_ID", "alias/denied", "JWT_SECRET_ID", "rsa/before", "JWT_ACTIVE_KEY", "secret")))
                .containsExactly("RS256");
    }

    private static int publishedAnew(SigningSettings settings) {
        settings.ownKeys().forget();
        return settings.ownKeys().current().keys().size();
    }

    private static void assertUnpublished(SigningSettings settings) {
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> settings.ownKeys().current());
    }

    private List<String> algorithms(Map<String, String> settings) {
        return read(settings).ownKeys().current().keys().stream()
                .map(key -> key.algorithm().name())
                .toList();
    }

    private SigningSettings read(Map<String, String> settings) {
        return read(settings, Function.identity());
    }

    private SigningSettings read(Map<String, String> settings, Function<Secrets, Secrets> with) {
        Map<String, String> environment = new HashMap<>(Map.of("PLUGIN_JWT_EXPIRES_IN", "30d"));
        environment.putAll(settings);
        return SigningSettings.read(environment, with.apply(SettingsTable.secrets(this::answer)));
    }

    private ManagedKey answer(String id) {
        Object answer = Objects.requireNonNull(kms.get(id));
        if (answer instanceof RuntimeException failure) {
            throw failure;
        }
        return (ManagedKey) answer;
    }

    private void assertNoKeys(Map<String, String> settings, String reason) {
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> read(settings).keys().current())
                .withStackTraceContaining(reason);
    }

    private void assertProblem(Map<String, String> settings, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(settings))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.problems()).hasSize(1));
    }

    /** What the listener was told. */
    private static final class Told {
        private final List<RuntimeException> failures = new ArrayList<>();

        Secrets listening(Secrets secrets) {
            return new Secrets(secrets.sources(), secrets.clock(), (age, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
            });
        }
    }
}

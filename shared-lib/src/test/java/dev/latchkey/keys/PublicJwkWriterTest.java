package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A published set of keys")
class PublicJwkWriterTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource(Algorithm.class)
    @DisplayName("holds the public half of a ring's keys as others read it, and of a secret nothing")
    void everyAlgorithm(Algorithm algorithm) {
        String ring = NewKeyRing.of(algorithm).secretText();
        KeySet keys = KeyRing.read(ring).keySet(List.of(), null);

        String set = PublicJwkWriter.publicSet(keys).toString();

        assertThat(LeakGuard.leaks(set)).isFalse();
        if (algorithm.isSymmetric()) {
            assertThat(set).isEqualTo("{\"keys\":[]}");
            return;
        }
        assertThat(set).doesNotContain("\"d\":", "\"p\":", "\"q\":", "\"k\":", "\"status\"");
        KeySet read = RemoteKeySet.read(set.getBytes(StandardCharsets.UTF_8), List.of());
        VerificationKey key = keys.keys().get(0);
        assertThat(read.keys().get(0).kid()).isEqualTo(key.kid());
        assertThat(read.keys().get(0).algorithm()).isEqualTo(algorithm);
        assertThat(read.keys().get(0).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    @DisplayName("has the key id that tokens carry where the key's text names none")
    void thumbprint() {
        KeyRing ring = KeyRing.read(TestKeys.pem(TestKeys.rsa("pem").getPrivate()));

        String set =
                PublicJwkWriter.publicSet(ring.ownKeys(Algorithm.RS256, null)).toString();

        assertThat(set)
                .contains("\"kid\":\""
                        + ring.signingKey(Algorithm.RS256, null).kid().orElseThrow() + "\"");
    }
}

package dev.latchkey.rotatekeys;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.OverEmulator;
import dev.latchkey.config.SecretVersions;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeysUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A rotation that breaks off")
@ExtendWith(OverEmulator.class)
@Tag("long")
class RotationFaultsTest {

    private final RotatingSecret secret = new RotatingSecret(SECRET);

    RotationFaultsTest() throws IOException, InterruptedException {}

    /** Passes calls on until one fails, before or after it was done; after every call somebody reads the secret. */
    private final class Breaking implements SecretVersions {

        private final boolean afterwards;
        private int left;

        Breaking(int left, boolean afterwards) {
            this.left = left;
            this.afterwards = afterwards;
        }

        private <T> T call(Supplier<T> real) {
            boolean breaks = --left == 0;
            if (breaks && !afterwards) {
                throw new KeysUnavailableException("broken off", null);
            }
            T answer = real.get();
            secret.current();
            if (breaks) {
                throw new KeysUnavailableException("broken off", null);
            }
            return answer;
        }

        private void run(Runnable real) {
            call(() -> {
                real.run();
                return "";
            });
        }

        boolean hasBroken() {
            return left <= 0;
        }

        @Override
        public Description describe(String secretId) {
            return call(() -> secret.versions.describe(secretId));
        }

        @Override
        public Optional<Value> read(String secretId, String versionId) {
            return call(() -> secret.versions.read(secretId, versionId));
        }

        @Override
        public void putPending(String secretId, String versionId, String text) {
            run(() -> secret.versions.putPending(secretId, versionId, text));
        }

        @Override
        public void moveCurrent(String secretId, String from, String to) {
            run(() -> secret.versions.moveCurrent(secretId, from, to));
        }

        @Override
        public void removePending(String secretId, String versionId) {
            run(() -> secret.versions.removePending(secretId, versionId));
        }
    }

    @Test
    @DisplayName("at any call of any step ends well when its steps are asked again, and loses no key")
    void everyStep() {
        int rotations = 0;
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean hasBroken = true;
            for (int call = 1; hasBroken; call++) {
                String before = secret.current();
                Breaking breaking = new Breaking(call, afterwards);
                String token = secret.begin();
                boolean isDone = false;
                while (!isDone) {
                    isDone = steps(secret.handler(breaking), token);
                }
                hasBroken = breaking.hasBroken();
                assertThat(secret.version("AWSCURRENT")).isEqualTo(token);
                assertThat(secret.version("AWSPENDING")).isEmpty();
                String old = KeyRing.read(before).signingKey(null, null).kid().orElse(null);
                assertThat(KeyRing.read(secret.current())
                                .keySetBeside(null, null)
                                .find(old))
                        .isPresent();
                secret.clock.turn(Duration.ofHours(3));
                rotations++;
            }
        }
        assertThat(rotations).isGreaterThan(20);
    }

    private boolean steps(RotateKeysHandler handler, String token) {
        try {
            RotatingSecret.STEPS.forEach(step -> secret.step(handler, step, token));
            return true;
        } catch (KeysUnavailableException brokenOff) {
            return false;
        }
    }

    @Test
    @DisplayName("at any call of an operator's command ends well when the command is repeated")
    void operator() {
        boolean hasBroken = true;
        for (int call = 1; hasBroken; call++) {
            Breaking breaking = new Breaking(call, call % 2 == 0);
            RotateKeysHandler handler = secret.handler(breaking);
            try {
                secret.call(handler, "{\"action\":\"rotateNow\"}");
            } catch (KeysUnavailableException brokenOff) {
                secret.call(handler, "{\"action\":\"rotateNow\"}");
            }
            hasBroken = breaking.hasBroken();
            assertThat(secret.version("AWSPENDING")).isEmpty();
            assertThat(KeyRing.read(secret.current()).keySetBeside(null, null).find(null))
                    .isPresent();
        }
    }
}

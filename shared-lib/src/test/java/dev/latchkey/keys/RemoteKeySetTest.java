package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("J: A remote key set")
class RemoteKeySetTest {

    private static final String GOOD = HostileKeyServer.rsa("key-1", Door.RSA);
    private static final String RSA = TestKeys.jwkMembers(Door.RSA);

    @ParameterizedTest(name = "{0}")
    @DisplayName("J6: uses a good key beside one that is not usable, wherever it stands, and counts the other")
    @MethodSource("unusable")
    void goodBesideBad(String name, String bad) {
        assertThat(name).isNotBlank();
        for (List<String> order : List.of(List.of(GOOD, bad), List.of(bad, GOOD))) {
            KeySet keys = read(order);
            assertThat(keys.keys()).hasSize(1);
            assertThat(keys.find("key-1")).isPresent();
        }
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> read(List.of(bad)))
                .withMessage("holds no usable key, of 1");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("B: a secret", "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"b\"}"),
                Arguments.of("I3: 1,024 bits", HostileKeyServer.rsa("b", TestKeys.rsa("small", 1024))),
                Arguments.of("I4: an even exponent", "{" + RSA.replace("AQAB", "AQAA") + ",\"kid\":\"b\"}"),
                Arguments.of("I6: off the curve", "{" + Jwks.ecMembers("P-256", new byte[32], new byte[32]) + "}"),
                Arguments.of("I7: a private half", "{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"kid\":\"b\"}"),
                Arguments.of("for encryption", "{" + RSA + ",\"use\":\"enc\",\"kid\":\"key-1\"}"),
                Arguments.of("for wrapping", "{" + RSA + ",\"key_ops\":[\"wrapKey\"]}"),
                Arguments.of("an unknown kty", "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}"),
                Arguments.of("an unknown alg", "{" + RSA + ",\"alg\":\"RSA-OAEP\"}"),
                Arguments.of("I6: of small order", "{" + Jwks.edMembers(new byte[32]) + ",\"kid\":\"b\"}"),
                Arguments.of("an unknown curve", "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AAAA\"}"),
                Arguments.of("an alg of another kind", "{" + RSA + ",\"alg\":\"ES256\"}"),
                Arguments.of("no modulus", "{\"kty\":\"RSA\",\"e\":\"AQAB\"}"),
                Arguments.of("a kid that is a number", "{" + RSA + ",\"kid\":1}"),
                Arguments.of("a kid with a control character", "{" + RSA + ",\"kid\":\"a\\u0007\"}"),
                Arguments.of("a bad certificate chain", "{" + RSA + ",\"x5c\":[\"!\"]}"),
                Arguments.of("null", "null"),
                Arguments.of("a text", "\"key\""),
                Arguments.of("an array", "[]"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J17: makes a kid unusable that stands for two keys, whatever else is wrong with one of them")
    @MethodSource("twins")
    void twinThatIsNotUsable(String name, String twin) {
        assertThat(name).isNotBlank();
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        for (List<String> order : List.of(List.of(GOOD, twin, third), List.of(twin, third, GOOD))) {
            KeySet keys = read(order);
            assertThat(keys.find("key-1")).isEmpty();
            assertThat(keys.find("key-2")).isPresent();
        }
    }

    static Stream<Arguments> twins() {
        return Stream.of(
                Arguments.of("a secret", secret("key-1")),
                Arguments.of("too small", HostileKeyServer.rsa("key-1", TestKeys.rsa("small", 1024))),
                Arguments.of("of an unknown kty", "{\"kty\":\"AKP\",\"kid\":\"key-1\"}"),
                Arguments.of("revoked", "{" + RSA + ",\"revoked\":{},\"kid\":\"key-1\"}"),
                Arguments.of("private", "{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}"));
    }

    @Test
    @DisplayName("J17: counts the kids of keys behind the fiftieth, too")
    void twinBehindTheLast() {
        List<String> keys = new ArrayList<>(List.of(GOOD, HostileKeyServer.rsa("key-2", TestKeys.rsa("third"))));
        for (int i = 0; i < 60; i++) {
            keys.add(secret("secret-" + i));
        }
        assertThat(read(keys).find("key-1")).isPresent();
        keys.add(HostileKeyServer.rsa("key-1", TestKeys.rsa("other")));
        assertThat(read(keys).find("key-1")).isEmpty();
    }

    @Test
    @DisplayName("J7: makes a kid that stands for two keys unusable, and no kid likewise, and keeps the others")
    void duplicateKid() {
        String other = HostileKeyServer.rsa("key-1", TestKeys.rsa("other"));
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        String anonymous = "{" + RSA + "}";

        KeySet keys = read(List.of(GOOD, third, other, anonymous, anonymous));

        assertThat(keys.find("key-1")).isEmpty();
        assertThat(keys.find(null))
                .hasValueSatisfying(key -> assertThat(key.kid()).contains("key-2"));
        assertThat(keys.keys()).hasSize(1);
        Door.of(keys).refuses(Door.goodRs256(), Reason.UNKNOWN_KEY);
        Door.of(read(List.of(GOOD, third))).accepts(Door.goodRs256());
    }

    @Test
    @DisplayName("J9: of 1,000 keys is looked at up to the fiftieth, and checks a token without a kid by none")
    void manyKeys() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("{" + Jwks.ecMembers(Door.EC) + ",\"kid\":\"" + i + "\"}");
        }
        many.set(49, HostileKeyServer.rsa("key-1", Door.RSA));
        many.set(50, HostileKeyServer.rsa("key-2", Door.RSA));
        String json = "{\"keys\":[" + String.join(",", many.subList(0, 400)) + "]}";

        KeySet keys = RemoteKeySet.read(json.getBytes(UTF_8), List.of());

        assertThat(keys.keys()).hasSize(50);
        assertThat(keys.find("key-1")).isPresent();
        assertThat(keys.find("key-2")).isEmpty();
        assertThat(keys.find(null)).isEmpty();
        assertThat(json.length()).isLessThan(RemoteKeys.MAX_BYTES);
        String all = "{\"keys\":[" + String.join(",", many) + "]}";
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> RemoteKeySet.read(all.getBytes(UTF_8), List.of()))
                .withMessageContaining("longer than 65536 bytes");
    }

    @ParameterizedTest(name = "alg {0}, allowed {1}: {2}")
    @DisplayName("L10: ties a key to its own alg, else the only allowed one that fits, else the usual one of its kind")
    @CsvSource({
        "'', '', RS256",
        "PS256, '', PS256",
        "'', PS512, PS512",
        "'', 'ES256,RS384,HS256', RS384",
        "RS256, 'RS256,ES256', RS256",
        "PS256, RS256, none",
        "'', 'RS256,PS256', none",
        "'', ES256, none"
    })
    void algorithms(String declared, String allowed, String used) {
        List<Algorithm> allowList = Stream.of(allowed.split(","))
                .flatMap(name -> Algorithm.named(name).stream())
                .toList();
        String key = "{" + RSA + ",\"kid\":\"b\"" + (declared.isEmpty() ? "" : ",\"alg\":\"" + declared + "\"") + "}";
        String ec = "{" + Jwks.ecMembers(TestKeys.ec("p521", 521)) + ",\"kid\":\"e\"}";
        List<Algorithm> withEs512 = allowList.isEmpty()
                ? allowList
                : Stream.concat(allowList.stream(), Stream.of(Algorithm.ES512)).toList();

        KeySet keys = RemoteKeySet.read(("{\"keys\":[" + key + "," + ec + "]}").getBytes(UTF_8), withEs512);

        assertThat(keys.find("b").map(k -> k.algorithm().name()).orElse("none")).isEqualTo(used);
        assertThat(keys.find("e")).isPresent();
    }

    private static String secret(String kid) {
        return "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"" + kid + "\"}";
    }

    private static KeySet read(List<String> keys) {
        return RemoteKeySet.read(("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(UTF_8), List.of());
    }
}

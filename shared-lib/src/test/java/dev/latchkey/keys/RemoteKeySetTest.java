package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
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
                .withMessageStartingWith("holds no usable key, of 1. key 1");
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
    @DisplayName("J17: takes no usable key out for one of the same kid that is not, whatever is wrong with that")
    @MethodSource("twins")
    void twinThatIsNotUsable(String name, String twin) {
        assertThat(name).isNotBlank();
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        for (List<String> order : List.of(List.of(GOOD, twin, third), List.of(twin, third, GOOD))) {
            KeySet keys = read(order);
            Door.of(keys).accepts(Door.goodRs256());
            assertThat(keys.keys()).hasSize(2);
            assertThat(keys.leftOut()).singleElement().asString().contains("with the kid key-1: ");
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
    @DisplayName("J9: leaves keys behind the fiftieth out, and no key of their kid for them")
    void twinBehindTheLast() {
        List<String> keys = new ArrayList<>(List.of(GOOD, HostileKeyServer.rsa("key-2", TestKeys.rsa("third"))));
        for (int i = 0; i < 60; i++) {
            keys.add(secret("secret-" + i));
        }
        assertThat(read(keys).find("key-1")).isPresent();
        keys.add(HostileKeyServer.rsa("key-1", TestKeys.rsa("other")));
        Door.of(read(keys)).accepts(Door.goodRs256());
        assertThat(read(keys).leftOut()).hasSize(49).last().asString().isEqualTo("13 keys are behind the 50th");
    }

    @Test
    @DisplayName(
            "J7: makes a kid that stands for two keys of one algorithm unusable, and no kid likewise, and keeps the others")
    void duplicateKid() {
        String other = HostileKeyServer.rsa("key-1", TestKeys.rsa("other"));
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        String anonymous = "{" + RSA + "}";

        KeySet keys = read(List.of(GOOD, third, other, anonymous, anonymous));

        for (String kid : new String[] {"key-1", null}) {
            assertThat(keys.find(kid))
                    .hasValueSatisfying(key -> assertThat(key.kid()).isEmpty());
        }
        assertThat(keys.keys()).hasSize(2);
        assertThat(keys.leftOut())
                .containsExactly(
                        "several keys with the kid key-1 are for RS256, so that no token tells which it means");
        assertThat(read(List.of(third, anonymous, "{" + TestKeys.jwkMembers(TestKeys.rsa("other")) + "}"))
                        .keys())
                .hasSize(1);
        keys = read(List.of(GOOD, third, other));
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
        "'', 'PS256,RS256', PS256",
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

    @Test
    @DisplayName("J7: counts a key once that is listed twice, or under several algorithms")
    void listedTwice() {
        String ps256 = "{" + RSA + ",\"kid\":\"key-1\",\"alg\":\"PS256\"}";
        KeySet keys = read(List.of(GOOD, GOOD, ps256, GOOD));

        assertThat(keys.keys()).hasSize(2);
        assertThat(keys.leftOut()).isEmpty();
        Door.of(keys).accepts(Door.goodRs256());
        assertThat(keys.find("key-1", "PS256", List.of()))
                .map(VerificationKey::algorithm)
                .contains(Algorithm.PS256);
        assertThat(keys.find("key-1", "RS512", List.of()))
                .map(VerificationKey::algorithm)
                .contains(Algorithm.RS256);
    }

    @Test
    @DisplayName("S6: tells two keys of one kid by the algorithm, and never checks one by the other's")
    void oneKidTwoKinds() {
        String ec = "{" + Jwks.ecMembers(Door.EC) + ",\"kid\":\"key-1\"}";
        for (List<String> order : List.of(List.of(GOOD, ec), List.of(ec, GOOD))) {
            Door door = Door.of(read(order));
            door.accepts(Door.goodRs256());
            door.accepts(Door.goodEs256());
            door.refuses(Door.token("ES256").rs256(Door.RSA.getPrivate()), Reason.BAD_SIGNATURE);
            door.refuses(
                    Door.token("RS256").sign("SHA256withECDSAinP1363Format", Door.EC.getPrivate()),
                    Reason.BAD_SIGNATURE);
            door.refuses(Door.token("RS512").rs256(Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
            door.refuses(Door.token("HS256").hs256(TestKeys.SECRET), Reason.WRONG_ALGORITHM);
        }
    }

    @Test
    @DisplayName("S6: lets a token choose among allowed algorithms alone, where a key names none")
    void choiceAmongAllowed() {
        String plain = "{\"keys\":[{" + RSA + ",\"kid\":\"key-1\"}]}";
        Door both = Door.of(RemoteKeySet.read(plain.getBytes(UTF_8), List.of(Algorithm.RS512, Algorithm.RS256)));
        Door usual = Door.of(RemoteKeySet.read(plain.getBytes(UTF_8), List.of()));
        String rs512 = Door.token("RS512").sign("SHA512withRSA", Door.RSA.getPrivate());

        both.accepts(Door.goodRs256());
        both.accepts(rs512);
        both.refuses(Door.token("RS384").sign("SHA384withRSA", Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
        both.refuses(Door.token("PS256").rs256(Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
        usual.accepts(Door.goodRs256());
        usual.refuses(rs512, Reason.WRONG_ALGORITHM);
    }

    @Test
    @DisplayName("S6: finds the only fitting key for a token without a kid, and none where two fit")
    void withoutKid() {
        String ec = "{" + Jwks.ecMembers(Door.EC) + ",\"kid\":\"e\"}";
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        String token = TestTokens.good("RS256").rs256(Door.RSA.getPrivate());

        Door.of(read(List.of(ec, GOOD))).accepts(token);
        Door.of(read(List.of(ec, GOOD, third))).refuses(token, Reason.UNKNOWN_KEY);
        Door.of(read(List.of(ec, third))).refuses(token, Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("S6: finds a key by the thumbprint of its certificate, among its own keys alone")
    void byThumbprint() {
        String named = "{" + RSA + ",\"kid\":\"a\",\"x5t\":\"abc\",\"x5t#S256\":\"def\"}";
        String third = HostileKeyServer.rsa("key-2", TestKeys.rsa("third"));
        Door door = Door.of(read(List.of(third, named)));

        door.accepts(TestTokens.good("RS256").header("x5t", "abc").rs256(Door.RSA.getPrivate()));
        door.accepts(TestTokens.good("RS256").header("x5t#S256", "def").rs256(Door.RSA.getPrivate()));
        door.refuses(TestTokens.good("RS256").header("x5t", "x").rs256(Door.RSA.getPrivate()), Reason.UNKNOWN_KEY);
        door.refuses(
                TestTokens.good("RS256")
                        .header("x5t", "abc")
                        .rs256(TestKeys.rsa("third").getPrivate()),
                Reason.BAD_SIGNATURE);
        door.refuses(
                TestTokens.good("RS256")
                        .header("kid", "key-2")
                        .header("x5t", "abc")
                        .rs256(Door.RSA.getPrivate()),
                Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("S6: tells several keys without a kid by their certificates, and checks no other token by any of them")
    void byThumbprintAlone() {
        String first = "{" + RSA + ",\"x5t\":\"abc\"}";
        String second = "{" + TestKeys.jwkMembers(TestKeys.rsa("third")) + ",\"x5t\":\"def\"}";
        String bare = "{" + TestKeys.jwkMembers(TestKeys.rsa("other")) + "}";
        TestTokens unnamed = TestTokens.good("RS256");
        for (List<String> order : List.of(List.of(first, second, bare), List.of(bare, second, first))) {
            KeySet keys = read(order);
            Door door = Door.of(keys);

            door.accepts(TestTokens.good("RS256").header("x5t", "abc").rs256(Door.RSA.getPrivate()));
            door.accepts(TestTokens.good("RS256")
                    .header("x5t", "def")
                    .rs256(TestKeys.rsa("third").getPrivate()));
            door.refuses(
                    TestTokens.good("RS256").header("x5t", "def").rs256(Door.RSA.getPrivate()), Reason.BAD_SIGNATURE);
            door.refuses(unnamed.rs256(Door.RSA.getPrivate()), Reason.UNKNOWN_KEY);
            door.refuses(Door.goodRs256(), Reason.UNKNOWN_KEY);
            assertThat(keys.leftOut())
                    .containsExactly("several keys without a kid are for RS256, so that no token tells which it means");
        }
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> read(List.of(first, second.replace("def", "abc"))))
                .withMessageContaining("several keys without a kid");
    }

    @Test
    @DisplayName("S6: finds a key that is listed twice by the certificates of both")
    void thumbprintsOfTwins() {
        for (String kid : List.of("", ",\"kid\":\"a\"")) {
            String twice = "{" + RSA + kid + ",\"x5t\":\"";
            Door door = Door.of(read(
                    List.of(twice + "abc\"}", HostileKeyServer.rsa("key-2", TestKeys.rsa("third")), twice + "def\"}")));

            for (String thumbprint : List.of("abc", "def")) {
                door.accepts(TestTokens.good("RS256").header("x5t", thumbprint).rs256(Door.RSA.getPrivate()));
            }
        }
    }

    @Test
    @DisplayName("takes a key with members that mean something in rings of our own alone")
    void membersOfOthers() {
        for (String member : List.of("\"status\":\"enabled\"", "\"status\":1", "\"weak_until\":\"never\"")) {
            Door.of(read(List.of("{" + RSA + ",\"kid\":\"key-1\"," + member + "}")))
                    .accepts(Door.goodRs256());
        }
    }

    @Test
    @DisplayName("takes the key of a certificate where the key shows nothing else, and Google's certificates by kid")
    void certificates() {
        String pem = Fixture.read("keys/rsa-certificate.pem").strip();
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        String line = pem.replace("\n", "\\n");
        String token = TestTokens.good("RS256").header("kid", "c").rs256(Fixture.seedPrivateKey());

        Door.of(read(List.of("{\"kty\":\"RSA\",\"kid\":\"c\",\"x5c\":[\"" + base64 + "\"]}")))
                .accepts(token);
        Door.of(read(List.of("{\"kid\":\"c\",\"x5c\":[\"" + base64 + "\"]}"))).accepts(token);
        Door.of(RemoteKeySet.read(
                        ("{\"x\":\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n\",\"c\":\"" + line
                                        + "\"}")
                                .getBytes(UTF_8),
                        List.of()))
                .accepts(token);
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> read(List.of("{\"kty\":\"EC\",\"kid\":\"c\",\"x5c\":[\"" + base64 + "\"]}")))
                .withMessageContaining("x5c is of another kind of key");
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> RemoteKeySet.read("{\"issuer\":\"a\",\"jwks_uri\":\"b\"}".getBytes(UTF_8), List.of()))
                .withMessageContaining("It is an issuer's metadata: set the address that its jwks_uri names");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("tells why a key was left out")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"kty":"oct","k":"AAAA"}                      | is a secret, which nobody may publish
            {"kty":"RSA","e":"AQAB"}                      | no usable member n
            {"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"} | has a kty or crv that is not supported
            {RSA,"use":"enc"}                             | is for encryption
            {RSA,"use":"tls"}                             | has a use that is not sig
            {RSA,"key_ops":["sign"]}                      | has key_ops without verify
            {RSA,"alg":"RSA-OAEP"}                        | has an alg that is not supported
            {RSA,"alg":"RS512"}                           | is for RS512, which is not among the allowed
            {RSA,"x5c":["!"]}                             | x5c is not in base64
            {RSA,"d":"AAAA"}                              | private half
            7                                             | is not a JSON object
            """)
    void reasons(String jwk, String reason) {
        String set = "{\"keys\":[" + GOOD + "," + jwk.replace("RSA,", RSA + ",") + "]}";
        KeySet keys = RemoteKeySet.read(set.getBytes(UTF_8), List.of(Algorithm.RS256));

        assertThat(keys.keys()).hasSize(1);
        assertThat(keys.leftOut())
                .singleElement()
                .asString()
                .startsWith("key 2")
                .contains(reason);
    }

    private static String secret(String kid) {
        return "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"" + kid + "\"}";
    }

    private static KeySet read(List<String> keys) {
        return RemoteKeySet.read(("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(UTF_8), List.of());
    }
}

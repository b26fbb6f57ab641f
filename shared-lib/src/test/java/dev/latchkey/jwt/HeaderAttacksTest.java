package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D: Header parameters that point elsewhere")
class HeaderAttacksTest {

    private static final KeyPair ATTACKER = TestKeys.rsa("attacker");

    private final Door door = Door.rsa(Algorithm.RS256);
    private final String good = Door.goodRs256();

    @Test
    @DisplayName("D8: a key embedded as jwk is not used, with and without the real kid")
    void embeddedJwk() {
        door.accepts(good);
        door.refuses(byAttacker("jwk", attackersJwk()), Reason.BAD_SIGNATURE);
        door.refuses(
                Door.token("RS256")
                        .withoutHeader("kid")
                        .header("jwk", attackersJwk())
                        .rs256(ATTACKER.getPrivate()),
                Reason.BAD_SIGNATURE);
        door.accepts(Door.token("RS256").header("jwk", attackersJwk()).rs256(Door.RSA.getPrivate()));
    }

    @Test
    @DisplayName("D9, D10: a jku or x5u is not followed, though what it points to would make the token good")
    void addresses() throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            server.answers(HostileKeyServer.keys(HostileKeyServer.rsa(Door.KID, ATTACKER)));
            door.accepts(good);
            for (String url : List.of(
                    server.uri(),
                    server.uri("real.example@127.0.0.1", "/jwks"),
                    server.uri("localhost", "/redirect?to=https://attacker.example/jwks"),
                    "https://attacker.example/jwks.json",
                    "not an address")) {
                for (String parameter : List.of("jku", "x5u")) {
                    door.refuses(byAttacker(parameter, new JsonString(url)), Reason.BAD_SIGNATURE);
                    door.refuses(
                            TestTokens.good("RS256").header(parameter, url).rs256(ATTACKER.getPrivate()),
                            Reason.BAD_SIGNATURE);
                }
            }
            assertThat(server.requests()).isEmpty();
            Door theirs = new Door(
                    new TokenVerifier(
                            RemoteKeys.at(server.uri(), List.of(), door.clock(), (age, failure) -> {}),
                            VerificationRules.DEFAULT,
                            door.clock()),
                    door.clock());
            theirs.accepts(byAttacker("jku", new JsonString(server.uri())));
        }
    }

    @Test
    @DisplayName("D10: the certificate in x5c is not used")
    void certificates() {
        JsonArray chain = new JsonArray(List.of(
                new JsonString(Fixture.read("keys/rsa-certificate.pem").replaceAll("-----[A-Z ]+-----|\\s", ""))));

        door.accepts(good);
        door.refuses(Door.token("RS256").header("x5c", chain).rs256(Fixture.seedPrivateKey()), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("D11: the x5t of the real key beside the attacker's jwk is not used")
    void thumbprintBesideJwk() {
        String real = TestKeys.base64url(Forgery.sha256(Door.RSA.getPublic().getEncoded()));

        door.accepts(good);
        door.refuses(
                Door.token("RS256")
                        .header("x5t#S256", real)
                        .header("x5t", real)
                        .header("jwk", attackersJwk())
                        .rs256(ATTACKER.getPrivate()),
                Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @DisplayName("D12: every crit is refused, however correctly signed: of an unknown name, empty, of another type")
    @ValueSource(
            strings = {
                "\"crit\":[\"bork\"],\"bork\":1",
                "\"crit\":[\"exp\"],\"exp\":1",
                "\"crit\":[\"alg\"]",
                "\"crit\":[]",
                "\"crit\":null",
                "\"crit\":\"bork\""
            })
    void crit(String members) {
        door.accepts(good);
        door.accepts(signedHeader("\"bork\":1"));
        door.refuses(signedHeader(members), Reason.UNSUPPORTED_HEADER);
    }

    @Test
    @DisplayName("D13: b64=false is refused with the payload raw and with it encoded, with and without crit")
    void unencodedPayload() {
        String header = Parts.base64url("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}");
        String raw = Parts.of(Door.goodHs256()).payloadText();
        byte[] tag = Macs.hs256(TestKeys.SECRET, (header + "." + raw).getBytes(StandardCharsets.UTF_8));

        door.accepts(good);
        Door.hs256().refuses(TestTokens.signed(header + "." + raw, tag), Reason.MALFORMED_TOKEN);
        Door.hs256().refuses(TestTokens.signed(header + ".", tag), Reason.UNSUPPORTED_HEADER);
        door.refuses(signedHeader("\"b64\":false,\"crit\":[\"b64\"]"), Reason.UNSUPPORTED_HEADER);
        door.refuses(signedHeader("\"b64\":false"), Reason.UNSUPPORTED_HEADER);
        door.refuses(signedHeader("\"b64\":true"), Reason.UNSUPPORTED_HEADER);
    }

    @Test
    @DisplayName("D14: zip is refused with a deflated payload and with a plain one, and nothing is inflated")
    void zip() throws IOException {
        byte[] claims = Parts.of(good).payloadText().getBytes(StandardCharsets.UTF_8);

        door.accepts(good);
        door.refuses(
                Door.token("RS256")
                        .header("zip", "DEF")
                        .payload(deflated(claims))
                        .rs256(Door.RSA.getPrivate()),
                Reason.UNSUPPORTED_HEADER);
        door.refuses(Door.token("RS256").header("zip", "DEF").rs256(Door.RSA.getPrivate()), Reason.UNSUPPORTED_HEADER);
        door.refuses(
                Door.token("RS256").payload(deflated(claims)).rs256(Door.RSA.getPrivate()), Reason.MALFORMED_CLAIMS);
    }

    @ParameterizedTest
    @DisplayName("D15: a typ of another kind of token is refused")
    @ValueSource(
            strings = {
                "\"dpop+jwt\"",
                "\"logout+jwt\"",
                "\"secevent+jwt\"",
                "\"at+jwt\"",
                "\"JOSE\"",
                "\"application/jwt/x\"",
                "\"application/\"",
                "\"JWT \"",
                "\"\"",
                "null",
                "1",
                "[\"JWT\"]"
            })
    void otherType(String typ) {
        door.accepts(good);
        door.refuses(
                Door.token("RS256")
                        .headerText("{\"alg\":\"RS256\",\"typ\":" + typ + "}")
                        .rs256(Door.RSA.getPrivate()),
                Reason.WRONG_TYPE);
    }

    @ParameterizedTest
    @DisplayName("D16: a typ that is absent or JWT in any case is fine")
    @ValueSource(strings = {"", "\"typ\":\"JWT\",", "\"typ\":\"jwt\",", "\"typ\":\"Jwt\","})
    void usualType(String typ) {
        door.accepts(
                Door.token("RS256").headerText("{" + typ + "\"alg\":\"RS256\"}").rs256(Door.RSA.getPrivate()));
    }

    @Test
    @DisplayName("D17: a PBES2 header with two thousand million rounds is refused before any round is made")
    void pbes2() {
        String header = "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2s\":\"AAAA\",\"p2c\":2147483647}";

        door.accepts(good);
        door.refuses(Parts.base64url(header) + ".AAAA.AAAA.AAAA.AAAA", Reason.MALFORMED_TOKEN);
        door.refuses(Parts.of(good).withHeader(header), Reason.UNSUPPORTED_HEADER);
        door.refuses(Parts.of(good).withHeader(header.replace("\"enc\":\"A128GCM\",", "")), Reason.WRONG_ALGORITHM);
    }

    private static JsonObject attackersJwk() {
        return new JsonObjectBuilder()
                .put("kty", "RSA")
                .put("e", "AQAB")
                .put(
                        "n",
                        TestKeys.jwkMembers(ATTACKER)
                                .replaceAll(".*\"n\":\"", "")
                                .replaceAll("\".*", ""))
                .put("kid", Door.KID)
                .build();
    }

    private static String byAttacker(String name, JsonValue value) {
        return Door.token("RS256").header(name, value).rs256(ATTACKER.getPrivate());
    }

    private static String signedHeader(String members) {
        return Door.token("RS256")
                .headerText("{\"alg\":\"RS256\"," + members + "}")
                .rs256(Door.RSA.getPrivate());
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating =
                new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflating.write(bytes);
        }
        return out.toByteArray();
    }
}

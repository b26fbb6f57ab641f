package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The forms of a key")
class KeyFormsTest {

    private static final String SEED_TOKEN = TestTokens.good("RS256").rs256(Fixture.seedPrivateKey());

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "that OpenSSL writes for RSA all verify: with newlines real, escaped, CRLF, and with white space around")
    @ValueSource(
            strings = {
                "seed/rs256-private.pem",
                "seed/rs256-public.pem",
                "keys/rsa-pkcs1-private.pem",
                "keys/rsa-pkcs1-public.pem",
                "keys/rsa-certificate.pem"
            })
    void rsaForms(String file) {
        String pem = Fixture.read(file);

        for (String text : List.of(
                pem,
                pem.strip(),
                "\n  " + pem + "\n ",
                pem.replace("\n", "\r\n"),
                pem.replace("\n", "\\n"),
                pem.replace("\n", "\\r\\n"),
                pem.strip().replace("\n", " \n"))) {
            Door.of(text).accepts(SEED_TOKEN);
            Door.of(text).refuses(Door.goodRs256(), Reason.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("of an RSA private key sign, with the thumbprint of the public key as kid")
    @ValueSource(strings = {"seed/rs256-private.pem", "keys/rsa-pkcs1-private.pem"})
    void rsaSigns(String file) {
        SigningKey key = KeyRing.read(Fixture.read(file)).signingKey(Algorithm.RS256, null);
        KeySet publicKeys = KeyRing.read(Fixture.read("seed/rs256-public.pem")).keySet(List.of(), null);

        assertThat(key.kid()).hasValueSatisfying(kid -> assertThat(kid).matches("[A-Za-z0-9_-]{43}"));
        Door.of(publicKeys).accepts(signed(key));
    }

    @Test
    @DisplayName("of an EC key in PEM verify and, with a configured kid, sign")
    void ecForms() {
        KeyRing ring = KeyRing.read(Fixture.read("keys/ec-private.pem"));
        SigningKey key = ring.signingKey(Algorithm.ES256, "ec-1");

        KeySet publicKeys = KeyRing.read(Fixture.read("keys/ec-public.pem")).keySet(List.of(), null);
        Door.of(publicKeys).accepts(signed(key));
        assertThat(ring.signingKey(Algorithm.ES256, null).kid())
                .isEqualTo(KeyId.thumbprint(publicKeys.keys().get(0).material()));
        Door.of(ring.keySet(List.of(), null)).accepts(signed(key));
    }

    @Test
    @DisplayName("of an Ed25519 key in PEM verify and, with a configured kid, sign")
    void ed25519Forms() {
        KeyRing ring = KeyRing.read(Fixture.read("keys/ed25519-private.pem"));
        SigningKey key = ring.signingKey(Algorithm.EdDSA, "ed-1");

        KeySet publicKeys =
                KeyRing.read(Fixture.read("keys/ed25519-public.pem")).keySet(List.of(), null);
        Door.of(publicKeys).accepts(signed(key));
        assertThat(ring.signingKey(Algorithm.EdDSA, null).kid())
                .isEqualTo(KeyId.thumbprint(publicKeys.keys().get(0).material()));
        refuses(
                () -> ring.signingKey(Algorithm.RS256, "ed-1"),
                "RS256 needs an RSA key, got an Ed25519 key (RFC 7518 section 3.1)");
        refuses(
                () -> ring.signingKey(null, "ed-1"),
                "is a private key, which HS256, the default, cannot sign with. Set PLUGIN_JWT_ALGORITHM, such as EdDSA");
    }

    @Test
    @DisplayName("of an EC key as openssl ecparam -genkey writes it, with and without its parameters, sign and verify")
    void sec1Forms() {
        String sec1 = Fixture.read("keys/ec-sec1-private.pem");
        String parameters = TestKeys.pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"));
        for (String text : List.of(sec1, parameters + sec1, (parameters + sec1).replace("\n", "\\n"))) {
            KeyRing ring = KeyRing.read(text);
            SigningKey key = ring.signingKey(Algorithm.ES256, null);

            assertThat(key.kid()).hasValueSatisfying(kid -> assertThat(kid).matches("[A-Za-z0-9_-]{43}"));
            Door.of(ring.keySet(List.of(), null)).accepts(signed(key));
        }
        byte[] der = Fixture.der("keys/ec-sec1-private.pem");
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            refuses(
                    () -> KeyRing.read(TestKeys.pem("EC PRIVATE KEY", cut)),
                    "the PEM block does not hold an RSA, EC or Ed25519 private key that can be read");
        }
    }

    @Test
    @DisplayName("in PEM that people have in other forms are refused with an advice for each")
    void advice() {
        String pem = TestKeys.pem(Door.RSA.getPublic());
        String block = "the PEM text must be exactly one block, from -----BEGIN ...----- to -----END ...-----,"
                + " with base64 between (RFC 7468)";
        refuses(() -> KeyRing.read("\"" + pem + "\""), block + ". Remove the quotes around it");
        refuses(() -> KeyRing.read("'" + pem + "'"), block + ". Remove the quotes around it");
        refuses(() -> KeyRing.read(pem.replace("\n", "/n")), block + ". Its line breaks are written /n. Write \\n");
        refuses(
                () -> KeyRing.read("Bag Attributes\n    friendlyName: key\n" + pem),
                block + ". Remove the bag attributes, with: openssl pkey -in key.pem -out plain.pem");
        refuses(
                () -> KeyRing.read(pem + pem),
                block + ". It holds 2 blocks. Keep the key, or the first certificate of a chain, alone");
        refuses(
                () -> KeyRing.read("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----"),
                block
                        + ". The key is encrypted. Decrypt it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem");
        refuses(
                () -> KeyRing.read(TestKeys.pem("OPENSSH PRIVATE KEY", new byte[40])),
                "is a key in OpenSSH's form. Convert a copy of it with: ssh-keygen -p -N '' -m pkcs8 -f key");
    }

    @Test
    @DisplayName("of a bare secret are its UTF-8 bytes without the white space around it")
    void bareSecret() {
        for (String text : List.of(TestKeys.SECRET, TestKeys.SECRET + "\n", " " + TestKeys.SECRET + "\r\n")) {
            Door.of(text).accepts(Door.goodHs256());
        }
        String accented = LeakGuard.secret("\u00fc\u00e4\u00f6" + TestKeys.SECRET);
        Door.of(accented).accepts(TestTokens.good("HS256").hs256(accented));
    }

    @Test
    @DisplayName("of a JWK and a JWK Set verify, and sign where they are private")
    void jwkForms() {
        Door.of("{" + TestKeys.jwkMembers(TestKeys.SECRET) + "}").accepts(Door.goodHs256());
        Door.of(" \n{" + TestKeys.jwkMembers(Door.RSA) + "}\n").accepts(Door.goodRs256());
        Door.of("{\"keys\":[{" + Jwks.ecMembers(Door.EC) + "}]}").accepts(Door.goodEs256());

        SigningKey ec = KeyRing.read("{" + Jwks.ecPrivateMembers(Door.EC) + ",\"kid\":\"key-1\"}")
                .signingKey(Algorithm.ES256, null);
        Door.es256().accepts(signed(ec));
        SigningKey rsa = KeyRing.read("{\"keys\":[{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}]}")
                .signingKey(Algorithm.RS256, null);
        Door.rsa(Algorithm.RS256).accepts(signed(rsa));
        refuses(
                () -> KeyRing.read("{" + TestKeys.jwkMembers(Door.RSA) + "}").signingKey(Algorithm.RS256, null),
                "is a public key; signing needs the private key");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that are PEM but no usable key are refused with the remedy")
    @CsvSource(delimiter = '|', textBlock = """
        keys/rsa-encrypted-private.pem | the private key is encrypted. Decrypt it with: openssl pkcs8 -in key.pem -out plain.pem
        keys/x25519-public.pem         | the PEM block does not hold an RSA, EC or Ed25519 public key that can be read
        """)
    void unusablePem(String file, String problem) {
        refuses(() -> KeyRing.read(Fixture.read(file)), problem);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that look like PEM and are not one sound block are refused and never taken for a secret")
    @MethodSource("brokenPem")
    void brokenPem(String name, String text, String problem) {
        assertThat(name).isNotBlank();
        Door.of(TestKeys.pem(Door.RSA.getPublic())).accepts(Door.goodRs256());
        assertThatThrownBy(() -> KeyRing.read(text))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageStartingWith(problem);
    }

    static Stream<Arguments> brokenPem() {
        String pem = TestKeys.pem(Door.RSA.getPublic());
        String block = "the PEM text must be exactly one block";
        String unreadable = "the PEM block does not hold an RSA, EC or Ed25519 ";
        return Stream.of(
                Arguments.of("two blocks", pem + pem, block),
                Arguments.of("text before", "key: " + pem, block),
                Arguments.of("text after", pem + "x", block),
                Arguments.of("a byte order mark", "\ufeff" + pem, block),
                Arguments.of("no end", pem.substring(0, 300), block),
                Arguments.of("another end", pem.replace("END PUBLIC", "END PRIVATE"), block),
                Arguments.of("dashes only", "-----", block),
                Arguments.of("odd characters", pem.replace("MI", "M*"), block),
                Arguments.of("bad base64", pem.replace("MI", "M=I"), "the PEM text is not base64"),
                Arguments.of("no content", TestKeys.pem("PUBLIC KEY", new byte[0]), unreadable + "public key"),
                Arguments.of("private as public", TestKeys.pem("PUBLIC KEY", der(true)), unreadable + "public key"),
                Arguments.of("public as private", TestKeys.pem("PRIVATE KEY", der(false)), unreadable + "private key"),
                Arguments.of("PKCS#1 mislabelled", TestKeys.pem("RSA PRIVATE KEY", der(true)), unreadable),
                Arguments.of("no certificate", TestKeys.pem("CERTIFICATE", der(false)), unreadable + "certificate"),
                Arguments.of("empty certificate", TestKeys.pem("CERTIFICATE", new byte[0]), unreadable),
                Arguments.of(
                        "another kind",
                        TestKeys.pem("DH PARAMETERS", new byte[8]),
                        "a PEM block of this kind is not a key: got DH PARAMETERS"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that are a public or private key in some other spelling are refused and never taken for a secret")
    @MethodSource("otherSpellings")
    void otherSpellings(String name, String text) {
        assertThat(name).isNotBlank();
        Door.of(TestKeys.SECRET).accepts(Door.goodHs256());
        assertThatThrownBy(() -> KeyRing.read(text))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .message()
                .startsWith("looks like ");
    }

    static Stream<Arguments> otherSpellings() {
        String jwk = "{" + TestKeys.jwkMembers(Door.RSA) + "}";
        return Stream.of(
                Arguments.of(
                        "RSA public DER in base64", base64(Door.RSA.getPublic().getEncoded())),
                Arguments.of(
                        "RSA private DER in base64",
                        base64(Door.RSA.getPrivate().getEncoded())),
                Arguments.of(
                        "P-256 public DER in base64", base64(Door.EC.getPublic().getEncoded())),
                Arguments.of(
                        "P-256 private DER in base64",
                        base64(Door.EC.getPrivate().getEncoded())),
                Arguments.of(
                        "P-521 public DER in base64",
                        base64(TestKeys.ec("door", 521).getPublic().getEncoded())),
                Arguments.of("Ed25519 public DER in base64", base64(Fixture.der("keys/ed25519-public.pem"))),
                Arguments.of(
                        "DER on several lines",
                        base64(Door.EC.getPublic().getEncoded()).replaceAll("(.{64})", "$1\n")),
                Arguments.of(
                        "PEM in base64",
                        base64(TestKeys.pem(Door.RSA.getPublic()).getBytes(UTF_8))),
                Arguments.of("a JWK in base64", base64(jwk.getBytes(UTF_8))),
                Arguments.of("a JWK in base64url", TestKeys.base64url(jwk.getBytes(UTF_8))),
                Arguments.of("a JWK after a byte order mark", "\ufeff" + jwk),
                Arguments.of("a JWK after a no-break space", "\u00a0" + jwk),
                Arguments.of("a JWK in quotes", "'" + jwk + "'"),
                Arguments.of(
                        "an SSH public key",
                        "ssh-rsa " + base64(Door.RSA.getPublic().getEncoded()) + " me@host"),
                Arguments.of(
                        "an SSH public key with options",
                        "from=\"*\" ssh-rsa " + base64(Door.RSA.getPublic().getEncoded())),
                Arguments.of(
                        "an SSH2 public key",
                        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABAQ\n---- END SSH2 PUBLIC KEY ----"),
                Arguments.of(
                        "PEM with a dash lost",
                        TestKeys.pem(Door.EC.getPublic()).substring(1)),
                Arguments.of(
                        "PEM without dashes", TestKeys.pem(Door.EC.getPublic()).replace("-----", "")),
                Arguments.of(
                        "PEM with long dashes",
                        TestKeys.pem(Door.EC.getPublic()).replace("--", "\u2014")),
                Arguments.of(
                        "DER in base64 with a remark",
                        base64(Door.EC.getPublic().getEncoded()) + " # prod key"),
                Arguments.of(
                        "DER in a data URL",
                        "data:application/x-x509;base64,"
                                + base64(Door.EC.getPublic().getEncoded())),
                Arguments.of(
                        "DER in hexadecimal digits",
                        HexFormat.of().formatHex(Door.EC.getPublic().getEncoded())),
                Arguments.of("XML", "<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>"),
                Arguments.of("a fingerprint", "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"),
                Arguments.of("a URL", "https://auth.example.com/.well-known/jwks.json"),
                Arguments.of("an ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:signing-AbCdEf"),
                Arguments.of("a file", "/etc/latchkey/keys/signing-key-of-production.pem"),
                Arguments.of("an API key", Door.goodRs256()));
    }

    @Test
    @DisplayName("that are bare secrets have one line of 256 characters at most, so that a modulus is none")
    void bareSecrets() {
        String longest = TestKeys.SECRET.repeat(8).substring(1) + "x";
        assertThat(KeyRing.read(longest).keySet(List.of(), null).keys()).hasSize(1);
        BigInteger modulus = ((RSAPublicKey) Door.RSA.getPublic()).getModulus();
        for (String text : List.of(longest + "x", TestKeys.SECRET + "\n" + TestKeys.SECRET, modulus.toString(16))) {
            refuses(
                    () -> KeyRing.read(text),
                    "is neither a key that can be read nor a secret, which has at most 256 characters in one line");
        }
    }

    private static byte[] der(boolean ofPrivate) {
        return ofPrivate
                ? Door.RSA.getPrivate().getEncoded()
                : Door.RSA.getPublic().getEncoded();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String signed(SigningKey key) {
        return new TokenSigner(KeySource.fixed(key), ClaimNames.DEFAULT, null, List.of())
                .sign(new KeyClaims("cus_1", TestTokens.KEY_ID, TestTokens.NOW, TestTokens.NOW.plusSeconds(60)));
    }

    private static void refuses(ThrowingCallable reading, String problem) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage(problem);
    }
}

package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.body;
import static dev.latchkey.aws.FaultingServer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.aws.FaultingServer.Answer;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyDeniedException;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.ManagedKeyPair;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("AWS KMS, when it fails,")
class KmsFaultsTest implements FaultsContract {

    private final FaultingServer server;
    private final SigningKeySources sources = new SigningKeySources();

    KmsFaultsTest() throws IOException {
        server = new FaultingServer();
    }

    @BeforeAll
    static void warmUp() throws IOException {
        FaultsContract.warmUp(publicKey(), () -> new SigningKeySources().managedKey("k"));
    }

    private static Answer publicKey() {
        return publicKey(TestKeys.ec("managed", 256));
    }

    private static Answer publicKey(KeyPair pair) {
        return body(
                200,
                new JsonObjectBuilder()
                        .put("KeyId", "arn:aws:kms:us-east-1:123456789012:key/k")
                        .put("KeyUsage", "SIGN_VERIFY")
                        .put(
                                "PublicKey",
                                Base64.getEncoder()
                                        .encodeToString(pair.getPublic().getEncoded()))
                        .build());
    }

    @Override
    public FaultingServer server() {
        return server;
    }

    @Override
    public Answer good() {
        return publicKey();
    }

    @Override
    public void assertTaken() {
        assertThat(sources.managedKey("k").publicKey())
                .isEqualTo(TestKeys.ec("managed", 256).getPublic());
    }

    @Override
    public void assertUnavailableInTime(String got) {
        long started = System.nanoTime();
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> sources.managedKey("k"))
                .withMessageContaining(got);
        assertThat(System.nanoTime() - started).isLessThan(IN_TIME.toNanos());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K3: tells why it does not sign, and what to do")
    @CsvSource({
        "400,AccessDeniedException,may not be used by this function. Allow it kms:Sign",
        "400,DisabledException,is disabled. Enable it",
        "400,KMSInvalidStateException,cancel-key-deletion",
        "400,NotFoundException,is not there. Set PLUGIN_JWT_KMS_KEY_ID",
        "400,InvalidKeyUsageException,--key-usage SIGN_VERIFY",
        "400,ThrottlingException,got ThrottlingException from kms:Sign",
        "500,KMSInternalException,got KMSInternalException from kms:Sign",
    })
    void refusals(int status, String code, String message) {
        server.answers(publicKey());
        ManagedKey key = sources.managedKey("k");
        server.answers(error(status, code));

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> key.sign(Algorithm.ES256, new byte[] {1}))
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("K3: that may not be used is an error of its own, which waiting does not mend")
    void denied() {
        server.answers(error(400, "AccessDeniedException"));

        assertThatExceptionOfType(KeyDeniedException.class)
                .isThrownBy(() -> sources.managedKey("k"))
                .withMessageContaining("Allow it kms:GetPublicKey in its policy and in the key's");
    }

    @Test
    @DisplayName("is sent the hash of what is longer than it takes, and what is as long as it takes itself")
    void longMessages() throws Exception {
        server.answers(publicKey());
        ManagedKey key = sources.managedKey("k");
        byte[] longest = new byte[4096];
        byte[] longer = new byte[4097];

        server.answers(signing("SHA256withECDSA", "RAW"));
        byte[] first = key.sign(Algorithm.ES256, longest);
        server.answers(signing("NONEwithECDSA", "DIGEST"));
        byte[] second = key.sign(Algorithm.ES256, longer);

        assertThat(isSigned(longest, first, key.publicKey())).isTrue();
        assertThat(isSigned(longer, second, key.publicKey())).isTrue();
    }

    private static boolean isSigned(byte[] message, byte[] signature, PublicKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is asked for PSS with the hash of the algorithm, whose length its salt has")
    @CsvSource({"PS256,SHA-256,32", "PS384,SHA-384,48", "PS512,SHA-512,64"})
    void pss(Algorithm algorithm, String hash, int salt) {
        KeyPair pair = TestKeys.rsa("managed");
        server.answers(publicKey(pair));
        ManagedKey key = sources.managedKey("k");
        server.answers(signing(
                () -> {
                    Signature signature = Signature.getInstance("RSASSA-PSS");
                    signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
                    return signature;
                },
                pair,
                "RAW",
                "RSASSA_PSS_" + hash.replace('-', '_')));

        byte[] signature = key.sign(algorithm, new byte[] {1});

        assertThat(new VerificationKey("k", algorithm, key.publicKey()).verifies(new byte[] {1}, signature))
                .isTrue();
    }

    private static Answer signing(String how, String type) {
        return signing(() -> Signature.getInstance(how), TestKeys.ec("managed", 256), type, "ECDSA_SHA_256");
    }

    /** Signs as KMS does, and expects a message of that type and an algorithm of that name. */
    private static Answer signing(Callable<Signature> how, KeyPair pair, String type, String name) {
        return exchange -> {
            try {
                JsonObject request =
                        JsonReader.readObject(exchange.getRequestBody().readAllBytes(), new JsonLimits(64 * 1024, 4));
                assertThat(request.string("MessageType")).contains(type);
                assertThat(request.string("SigningAlgorithm")).contains(name);
                byte[] message =
                        Base64.getDecoder().decode(request.string("Message").orElseThrow());
                Signature signature = how.call();
                signature.initSign(pair.getPrivate());
                signature.update(message);
                String text = Base64.getEncoder().encodeToString(signature.sign());
                body(200, new JsonObjectBuilder().put("Signature", text).build())
                        .give(exchange);
            } catch (RuntimeException | IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    @DisplayName("K3: an answer that is no ECDSA signature is not handed out")
    void noSignature() {
        server.answers(publicKey());
        ManagedKey key = sources.managedKey("k");
        server.answers(
                body(200, new JsonObjectBuilder().put("Signature", "AAAA").build()));

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> ManagedKeyPair.of(key, null).signing().sign(new JsonObject(Map.of())))
                .withMessageContaining("no signature of ES256");
    }
}

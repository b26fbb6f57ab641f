package dev.latchkey.aws;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyDeniedException;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/**
 * A key pair in AWS KMS (AWS KMS API reference, GetPublicKey and Sign). What is too long for KMS is hashed here. An alias is
 * followed once: the key that was found signs.
 */
final class KmsKey implements ManagedKey {

    private static final int MAX_MESSAGE = 4096;
    private static final String SUPPORTED = "--key-usage SIGN_VERIFY and a --key-spec of RSA_2048, RSA_3072, RSA_4096,"
            + " ECC_NIST_P256, ECC_NIST_P384 or ECC_NIST_P521";

    private final KmsClient client;
    private final String id;
    private final String resolved;
    private final PublicKey publicKey;

    private KmsKey(KmsClient client, String id, String resolved, PublicKey publicKey) {
        this.client = client;
        this.id = id;
        this.resolved = resolved;
        this.publicKey = publicKey;
    }

    /**
     * Asks for the public half.
     *
     * @throws KeyDeniedException if this function may not ask
     * @throws InvalidKeyMaterialException if the key is not there, is not enabled, or is not for signatures
     * @throws KeysUnavailableException if it is not told for another reason
     */
    static KmsKey open(KmsClient client, String id) {
        GetPublicKeyResponse answer;
        try {
            answer = client.getPublicKey(get -> get.keyId(id));
        } catch (SdkException e) {
            KeysUnavailableException failure = failure(id, "kms:GetPublicKey", e);
            String message = String.valueOf(failure.getMessage());
            throw isDenied(e)
                    ? new KeyDeniedException(message)
                    : isGone(e) ? new InvalidKeyMaterialException(message) : failure;
        }
        if (answer.keyUsage() != KeyUsageType.SIGN_VERIFY) {
            throw new InvalidKeyMaterialException(unusable(id, "is for " + answer.keyUsageAsString()));
        }
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(answer.publicKey().asByteArray());
        Optional<PublicKey> publicKey = read("RSA", encoded).or(() -> read("EC", encoded));
        return new KmsKey(
                client,
                id,
                answer.keyId(),
                publicKey.orElseThrow(() -> new InvalidKeyMaterialException(unusable(id, "is of another kind"))));
    }

    /** The public key, if it is one of that type. */
    private static Optional<PublicKey> read(String type, X509EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(type).generatePublic(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime does not offer keys of the type " + type, e);
        }
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] message) {
        boolean isShort = message.length <= MAX_MESSAGE;
        try {
            return client.sign(sign -> sign.keyId(resolved)
                            .messageType(isShort ? MessageType.RAW : MessageType.DIGEST)
                            .message(SdkBytes.fromByteArray(isShort ? message : digest(algorithm, message)))
                            .signingAlgorithm(spec(algorithm)))
                    .signature()
                    .asByteArray();
        } catch (SdkException e) {
            throw failure(id, "kms:Sign", e);
        }
    }

    private static byte[] digest(Algorithm algorithm, byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-" + hash(algorithm)).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime does not offer the hash of " + algorithm, e);
        }
    }

    private static SigningAlgorithmSpec spec(Algorithm algorithm) {
        String scheme = switch (algorithm.family()) {
            case RSA -> "RSASSA_PKCS1_V1_5";
            case RSA_PSS -> "RSASSA_PSS";
            case EC -> "ECDSA";
            default -> throw new IllegalArgumentException("KMS does not sign by " + algorithm);
        };
        return SigningAlgorithmSpec.fromValue(scheme + "_SHA_" + hash(algorithm));
    }

    /** Bits of the hash: of ES512, 512 and not the curve's 521. */
    private static int hash(Algorithm algorithm) {
        return Math.min(algorithm.bits(), 512);
    }

    /** Whether the key will not come back by waiting. */
    private static boolean isGone(SdkException failure) {
        return failure instanceof NotFoundException
                || failure instanceof DisabledException
                || failure instanceof KmsInvalidStateException
                || failure instanceof InvalidKeyUsageException
                || failure instanceof InvalidArnException
                || failure instanceof UnsupportedOperationException;
    }

    private static boolean isDenied(SdkException failure) {
        return failure instanceof KmsException refusal
                && refusal.awsErrorDetails() != null
                && "AccessDeniedException".equals(refusal.awsErrorDetails().errorCode());
    }

    private static String unusable(String id, String why) {
        return "the KMS key " + id + " " + why + ", which JWTs cannot be signed with. Create one with " + SUPPORTED;
    }

    private static KeysUnavailableException failure(String id, String action, SdkException failure) {
        String what = "the KMS key " + id;
        if (failure instanceof NotFoundException || failure instanceof InvalidArnException) {
            return unavailable(what
                    + " is not there. Set PLUGIN_JWT_KMS_KEY_ID to a key of this region and account, or to its ARN");
        }
        if (failure instanceof DisabledException) {
            return unavailable(what + " is disabled. Enable it: aws kms enable-key");
        }
        if (failure instanceof KmsInvalidStateException) {
            return unavailable(what
                    + " cannot be used in its state. Where it is about to be deleted: aws kms cancel-key-deletion");
        }
        if (failure instanceof InvalidKeyUsageException || failure instanceof UnsupportedOperationException) {
            return unavailable(unusable(id, "is not for signatures of that kind"));
        }
        if (isDenied(failure)) {
            return unavailable(
                    what + " may not be used by this function. Allow it " + action + " in its policy and in the key's");
        }
        return unavailable(what + " cannot be used, got " + Bounds.reason(failure) + " from " + action);
    }

    private static KeysUnavailableException unavailable(String message) {
        return new KeysUnavailableException(message, null);
    }
}

package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A key ring in which tokens of a signing key that was used elsewhere are good. {@code toString()} shows nothing of it.
 *
 * @param ring the ring, for the secret. It is a secret
 * @param weakUntil until when tokens of the old key are good, since it is too weak to sign; null where it goes on signing
 * @param weakness why it is too weak, in a sentence; null where it is not
 * @param name what the ring calls the old key, as {@link RotatedRing} names keys
 */
public record MovedKey(
        String ring, @Nullable Instant weakUntil, @Nullable String weakness, String name) {

    /** How long the portal may go on signing with it before it changes over. */
    public static final Duration TO_CHANGE_OVER = Duration.ofDays(7);

    /**
     * The ring of an old key. One of full strength goes on signing, with a next key beside it. A weak one is previous, and
     * a new key of its algorithm signs.
     *
     * @param secret a secret, or a private key in PEM or as a JWK
     * @param kid the key id that its tokens carry; null for none
     * @param lifetime how long its tokens live
     * @param now the time of the move
     * @throws InvalidKeyMaterialException if it is no key of the algorithm, or is so weak that everybody may forge its tokens
     */
    public static MovedKey of(String secret, Algorithm algorithm, @Nullable String kid, Duration lifetime, Clock now) {
        String weakness;
        try {
            RotatedRing strong = new RingRotation(now, lifetime, algorithm, kid).after(secret, now.instant(), null);
            return new MovedKey(strong.text(), null, null, strong.active());
        } catch (InvalidKeyMaterialException e) {
            weakness = String.valueOf(e.getMessage());
        }
        Instant retired = now.instant();
        Duration wanted = lifetime.plus(TO_CHANGE_OVER);
        Duration left = wanted.compareTo(WeakKey.LONGEST) < 0 ? wanted : WeakKey.LONGEST;
        Instant until = Instant.ofEpochSecond(retired.plus(left).getEpochSecond());
        StoredKey active = NewKeyRing.of(algorithm)
                .stored()
                .with(KeyStatus.ACTIVE)
                .with(StoredKey.CREATED, retired.getEpochSecond());
        List<StoredKey> keys = new ArrayList<>(List.of(active));
        StoredKey previous = StoredRing.ofKey(KeyRing.read(secret).onlyEntry()).with("alg", algorithm.name());
        StoredKey named = kid == null ? previous : previous.with("kid", kid);
        if (kid != null) {
            keys.add(weak(named, retired, lifetime, until));
        }
        keys.add(weak(previous, retired, lifetime, until));
        StoredRing ring = new StoredRing(keys);
        String text = ring.text();
        KeyRing.read(text).keySetBeside(algorithm, null);
        return new MovedKey(text, until, weakness, named.name());
    }

    /**
     * A token as the old key signed them, whatever its strength: to see that it is still good.
     *
     * @throws InvalidKeyMaterialException if nothing can be signed with it
     */
    public static String tokenOf(String secret, Algorithm algorithm, @Nullable String kid, JsonObject claims) {
        JsonObjectBuilder header =
                new JsonObjectBuilder().put("alg", algorithm.name()).put("typ", "JWT");
        if (kid != null) {
            header.put("kid", kid);
        }
        String signed = Base64Url.encode(header.build().toString().getBytes(UTF_8)) + "."
                + Base64Url.encode(claims.toString().getBytes(UTF_8));
        Key key = KeyRing.read(secret).onlyEntry().signing();
        if (key == null || !KeyFit.isOfKind(key, algorithm)) {
            throw new InvalidKeyMaterialException("is no key that " + algorithm + " signs with");
        }
        try {
            return signed + "." + Base64Url.encode(signature(key, algorithm, signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyMaterialException("nothing can be signed with it by " + algorithm, e);
        }
    }

    private static byte[] signature(Key key, Algorithm algorithm, byte[] signed) throws GeneralSecurityException {
        if (algorithm.isSymmetric()) {
            Mac mac = Mac.getInstance(algorithm.jcaName());
            mac.init(key);
            return mac.doFinal(signed);
        }
        Signature signature = SignatureParameters.instance(algorithm);
        signature.initSign((PrivateKey) key);
        signature.update(signed);
        return signature.sign();
    }

    private static StoredKey weak(StoredKey key, Instant retired, Duration lifetime, Instant until) {
        return key.retired(retired)
                .with(StoredKey.LIFETIME, lifetime.toSeconds())
                .with(WeakKey.UNTIL, until.getEpochSecond());
    }

    @Override
    public String toString() {
        return "MovedKey[name=" + name + ", weakUntil=" + weakUntil + "]";
    }
}

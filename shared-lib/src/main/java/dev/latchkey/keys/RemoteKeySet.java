package dev.latchkey.keys;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK Set (RFC 7517) that came over the network, where a good key beside a bad one must still work. Google's document
 * of certificates by key id is read likewise.
 *
 * <p>Left out, with a reason, is every key that cannot be read, is a secret, shows its private half, does not verify, is too
 * weak, or is for an algorithm that is not known or not allowed; every key after the fiftieth; and keys that differ and share
 * kid and algorithm, since no token could tell which one it means, unless they have no kid and a certificate each. One key that
 * is listed more than once counts once.
 */
final class RemoteKeySet {

    private static final JsonLimits LIMITS = new JsonLimits(RemoteKeys.MAX_BYTES, 16);
    private static final int MAX_SHOWN = 40;
    private static final int MAX_REASON = 300;

    private final Collection<Algorithm> allowed;
    private final Map<String, List<VerificationKey>> byKidAndAlgorithm = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    private RemoteKeySet(Collection<Algorithm> allowed) {
        this.allowed = allowed;
    }

    /**
     * The usable keys.
     *
     * @param allowed the allow-list; empty means what the keys say
     * @throws InvalidKeyMaterialException if it is no such document, or holds no usable key
     */
    static KeySet read(byte[] body, Collection<Algorithm> allowed) {
        JsonObject set;
        try {
            set = JsonReader.readObject(body, LIMITS);
        } catch (JsonSyntaxException e) {
            throw new InvalidKeyMaterialException("is not a JWK Set: " + e.getMessage() + " (RFC 7517)");
        }
        RemoteKeySet reader = new RemoteKeySet(allowed);
        if (set.get("keys").orElse(JsonValue.NULL) instanceof JsonArray keys) {
            return reader.keys(keys.elements());
        }
        if (isOfCertificates(set)) {
            return reader.certificates(set);
        }
        throw new InvalidKeyMaterialException("is not a JWK Set: it has no array keys (RFC 7517)"
                + (set.has("jwks_uri") ? ". It is an issuer's metadata: set the address that its jwks_uri names" : ""));
    }

    private static boolean isOfCertificates(JsonObject document) {
        return !document.members().isEmpty()
                && document.members().values().stream()
                        .allMatch(value -> value instanceof JsonString text
                                && text.value().startsWith("-----BEGIN CERTIFICATE-----"));
    }

    private KeySet keys(List<JsonValue> listed) {
        for (int i = 0; i < Math.min(listed.size(), JwkReader.MAX_KEYS); i++) {
            try {
                add(listed.get(i));
            } catch (InvalidKeyMaterialException e) {
                String kid = listed.get(i) instanceof JsonObject jwk
                        ? jwk.string("kid").orElse(null)
                        : null;
                String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
                leaveOut(i, kid, e.getMessage() + cause);
            }
        }
        if (listed.size() > JwkReader.MAX_KEYS) {
            leftOut.add((listed.size() - JwkReader.MAX_KEYS) + " keys are behind the " + JwkReader.MAX_KEYS + "th");
        }
        return result(listed.size());
    }

    private KeySet certificates(JsonObject document) {
        int place = 0;
        for (Map.Entry<String, JsonValue> member : document.members().entrySet()) {
            try {
                KeyEntry entry = PemReader.read(((JsonString) member.getValue()).value());
                add(member.getKey(), entry, Published.NOTHING);
            } catch (InvalidKeyMaterialException e) {
                leaveOut(place, member.getKey(), String.valueOf(e.getMessage()));
            }
            place++;
        }
        return result(place);
    }

    private void add(JsonValue key) {
        if (!(key instanceof JsonObject jwk)) {
            throw new InvalidKeyMaterialException("is not a JSON object");
        }
        if (jwk.string("kty").filter("oct"::equals).isPresent()) {
            throw new InvalidKeyMaterialException("is a secret, which nobody may publish");
        }
        String unfit = JwkReader.notForVerifying(jwk);
        KeyEntry entry = unfit == null ? JwkReader.entryOfOthers(jwk, "it").orElse(null) : null;
        if (entry == null) {
            throw new InvalidKeyMaterialException(unfit == null ? "is for encryption" : unfit);
        }
        if (entry.signing() != null) {
            throw new InvalidKeyMaterialException("shows its private half. Who publishes it must replace it");
        }
        List<String> issuers = jwk.string("issuer").filter(issuer -> !issuer.isBlank()).stream()
                .toList();
        add(entry.kid(), entry, new Published(JwkCertificate.thumbprints(jwk), issuers));
    }

    private void add(@Nullable String kid, KeyEntry entry, Published published) {
        if (entry.verifying() == null) {
            throw new InvalidKeyMaterialException("has no public half");
        }
        for (Algorithm algorithm : entry.verifyingAlgorithms(allowed)) {
            VerificationKey key = VerificationKey.ofOthers(kid, algorithm, entry.verifying(), published);
            String id = algorithm + " " + (kid == null ? "" : "=" + kid);
            add(byKidAndAlgorithm.computeIfAbsent(id, unused -> new ArrayList<>()), key);
        }
    }

    private static void add(List<VerificationKey> alike, VerificationKey key) {
        for (int i = 0; i < alike.size(); i++) {
            VerificationKey twin = alike.get(i);
            if (twin.material().equals(key.material())) {
                Published both = twin.published().and(key.published());
                alike.set(i, VerificationKey.ofOthers(key.kid().orElse(null), key.algorithm(), key.material(), both));
                return;
            }
        }
        alike.add(key);
    }

    /** Those of several keys of one kid and algorithm that a token can name. */
    private static List<VerificationKey> toldApart(List<VerificationKey> alike) {
        if (alike.size() == 1) {
            return alike;
        }
        return alike.stream()
                .filter(key -> key.kid().isEmpty() && hasCertificateOfItsOwn(key, alike))
                .toList();
    }

    private static boolean hasCertificateOfItsOwn(VerificationKey key, List<VerificationKey> alike) {
        List<String> certificates = key.published().certificates();
        return !certificates.isEmpty()
                && alike.stream()
                        .allMatch(other -> other == key
                                || Collections.disjoint(
                                        certificates, other.published().certificates()));
    }

    private void leaveOut(int place, @Nullable String kid, String why) {
        String reason = "key " + (place + 1) + (kid == null ? "" : " with the kid " + shown(kid)) + ": " + why;
        leftOut.add(reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "...");
    }

    private KeySet result(int listed) {
        List<VerificationKey> usable = new ArrayList<>();
        for (List<VerificationKey> alike : byKidAndAlgorithm.values()) {
            List<VerificationKey> found = toldApart(alike);
            usable.addAll(found);
            if (found.size() < alike.size()) {
                String kid = alike.get(0).kid().orElse(null);
                leftOut.add((kid == null ? "several keys without a kid" : "several keys with the kid " + shown(kid))
                        + " are for " + alike.get(0).algorithm() + ", so that no token tells which it means");
            }
        }
        if (usable.isEmpty()) {
            throw new InvalidKeyMaterialException(
                    "holds no usable key, of " + listed + (leftOut.isEmpty() ? "" : ". " + String.join("; ", leftOut)));
        }
        return new KeySet(usable, leftOut);
    }

    private static String shown(String kid) {
        String printable = kid.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
    }
}

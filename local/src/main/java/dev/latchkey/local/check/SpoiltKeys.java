package dev.latchkey.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.config.Settings;
import dev.latchkey.jwt.ClaimMapping;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.Expected;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.jwt.TokenTypes;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that no authorizer may accept, made from a good one and from what it is signed and verified with. Flaws that take
 * a secret or public key which is not among the settings are left out.
 */
public final class SpoiltKeys {
    private static final String OTHER_AUDIENCE = "another-api";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final Clock clock;
    private final ClaimNames names;
    private final Optional<SigningKey> signing;
    private final Optional<String> verifyingText;
    private final Optional<KeySet> verifying;

    /**
     * Knows the settings of both functions.
     *
     * @param clock the time that keys are issued at
     */
    SpoiltKeys(FunctionSettings issueKey, FunctionSettings authorizer, Clock clock) {
        this.clock = clock;
        this.names = new ClaimNames(
                issueKey.value(Settings.USER_ID_FIELD.plain())
                        .map(SpoiltKeys::first)
                        .orElse(ClaimNames.DEFAULT.userId()),
                issueKey.value(Settings.COMPANY_ID_FIELD.plain())
                        .map(SpoiltKeys::first)
                        .orElse(ClaimNames.DEFAULT.companyId()));
        this.signing = signingKey(issueKey);
        this.verifyingText = authorizer.value(Settings.VERIFY_KEY.plain());
        this.verifying = verifyingText
                .or(() -> issueKey.value(Settings.SECRET.plain()))
                .flatMap(text -> keySet(text, algorithm(issueKey).map(List::of).orElse(List.of())));
    }

    private static Optional<Algorithm> algorithm(FunctionSettings issueKey) {
        return issueKey.value(Settings.ALGORITHM.plain()).flatMap(Algorithm::namedInAnyCase);
    }

    private static Optional<KeySet> keySet(String text, List<Algorithm> allowed) {
        try {
            return Optional.of(KeyRing.read(text).keySet(allowed, null));
        } catch (InvalidKeyMaterialException unusable) {
            return Optional.empty();
        }
    }

    /** Empty also when the secret is none for JWTs, as another plugin may use it in another way. */
    private static Optional<SigningKey> signingKey(FunctionSettings issueKey) {
        Algorithm algorithm = algorithm(issueKey).orElse(null);
        String kid = issueKey.value(Settings.KEY_ID.plain()).orElse(null);
        try {
            return issueKey.value(Settings.SECRET.plain())
                    .map(secret -> KeyRing.read(secret).signingKey(algorithm, kid));
        } catch (InvalidKeyMaterialException unusable) {
            return Optional.empty();
        }
    }

    /** Those of the functions of a stack. */
    public static SpoiltKeys of(LocalStack stack) {
        return new SpoiltKeys(
                stack.settings("IssueKeyFunction"), stack.settings("AuthorizerFunction"), Clock.systemUTC());
    }

    /** The spoilt keys by what is wrong with them; empty when the key is no JWT of three parts. */
    public Map<Flaw, String> of(String key) {
        Map<Flaw, String> spoilt = new EnumMap<>(Flaw.class);
        String[] parts = key.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return spoilt;
        }
        Optional<ObjectNode> header = object(parts[0]);
        Optional<ObjectNode> claims = object(parts[1]);
        if (header.isEmpty() || claims.isEmpty()) {
            return spoilt;
        }
        boolean isOurs = isOurs(key);
        signing.filter(with -> isOurs).ifPresent(with -> {
            Instant now = clock.instant();
            Instant anHourAgo = now.minus(Duration.ofHours(1));
            spoilt.put(Flaw.EXPIRED, signed(with, claims.get(), anHourAgo, audience(claims.get())));
            spoilt.put(Flaw.WRONG_AUDIENCE, signed(with, claims.get(), now, List.of(OTHER_AUDIENCE)));
        });
        spoilt.put(Flaw.CHANGED_PAYLOAD, parts[0] + "." + otherCustomer(claims.get()) + "." + parts[2]);
        char other = parts[2].charAt(0) == 'A' ? 'B' : 'A';
        spoilt.put(Flaw.CHANGED_SIGNATURE, parts[0] + "." + parts[1] + "." + other + parts[2].substring(1));
        ObjectNode none = header.get().deepCopy().put("alg", "none");
        spoilt.put(Flaw.ALG_NONE, base64url(none) + "." + parts[1] + ".");
        verifyingText.filter(text -> isOurs && !verifiesBySecret()).ifPresent(publicKey -> {
            ObjectNode hs256 = header.get().deepCopy().put("alg", "HS256");
            spoilt.put(Flaw.FORGED_HS256, hmac(base64url(hs256) + "." + parts[1], publicKey));
        });
        ObjectNode unknown = header.get().deepCopy().put("kid", "no-such-key");
        spoilt.put(Flaw.UNKNOWN_KID, base64url(unknown) + "." + parts[1] + "." + parts[2]);
        return spoilt;
    }

    /** Of several claims, the one that new keys carry. */
    private static String first(String claims) {
        return claims.split(",", 2)[0].strip();
    }

    /** Nothing is signed over the claims of a key that is not of this stack. */
    private boolean isOurs(String key) {
        VerificationRules signatureAndTime = new VerificationRules(
                new Expected.Anything(),
                new Expected.Anything(),
                Duration.ZERO,
                ClaimMapping.of(names),
                TokenTypes.ANY,
                null,
                List.of());
        return verifying
                .map(keys -> new TokenVerifier(KeySource.fixed(keys), signatureAndTime, clock).verify(key))
                .filter(Verification.Verified.class::isInstance)
                .isPresent();
    }

    /** Where the text to verify with is no public key but the secret, which would sign a good key. */
    private boolean verifiesBySecret() {
        return verifying.stream()
                .flatMap(keys -> keys.keys().stream())
                .anyMatch(key -> key.algorithm().isSymmetric());
    }

    /** The same claims with a valid signature, for half an hour from then on. */
    private String signed(SigningKey with, ObjectNode claims, Instant from, List<String> audience) {
        String issuer = claims.path("iss").isTextual() ? claims.path("iss").textValue() : null;
        TokenSigner signer = new TokenSigner(KeySource.fixed(with), names, issuer, audience);
        return signer.sign(new KeyClaims(
                claims.path(names.companyId()).asText(), claims.path("jti").asText(), from, from.plus(HALF_AN_HOUR)));
    }

    private static List<String> audience(ObjectNode claims) {
        JsonNode audience = claims.path("aud");
        List<String> all = new ArrayList<>();
        audience.forEach(one -> all.add(one.asText()));
        return audience.isTextual() ? List.of(audience.textValue()) : all;
    }

    /** The claims with another last character of the customer's id. */
    private String otherCustomer(ObjectNode claims) {
        String customer = claims.path(names.companyId()).asText();
        int last = Math.max(0, customer.length() - 1);
        String other = customer.substring(0, last) + (customer.endsWith("2") ? "3" : "2");
        return base64url(claims.deepCopy().put(names.userId(), other).put(names.companyId(), other));
    }

    private static String hmac(String input, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"));
            byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not offer HmacSHA256", e);
        }
    }

    private static Optional<ObjectNode> object(String base64url) {
        try {
            return JsonTree.parse(Base64.getUrlDecoder().decode(base64url))
                    .filter(JsonNode::isObject)
                    .map(ObjectNode.class::cast);
        } catch (IllegalArgumentException notBase64url) {
            return Optional.empty();
        }
    }

    private static String base64url(ObjectNode json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonTree.bytes(json));
    }
}

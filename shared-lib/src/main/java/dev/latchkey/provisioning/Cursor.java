package dev.latchkey.provisioning;

import dev.latchkey.keys.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a customer's keys begins: behind a key id, for that customer alone. A cursor chooses among the
 * customer's own keys only, as the customer is always the request's; its digest tells a mistaken one from a good one.
 */
final class Cursor {

    private static final int DIGEST_DIGITS = 16;

    private Cursor() {}

    static String behind(String customerId, String keyId) {
        String text = digest(customerId, keyId) + keyId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key id that a cursor stands behind; null where there is no cursor.
     *
     * @throws ProvisioningException if it is not one that this customer was given
     */
    static @Nullable String keyId(String customerId, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String keyId = text.length() > DIGEST_DIGITS ? text.substring(DIGEST_DIGITS) : "";
            if (!keyId.isEmpty() && behind(customerId, keyId).equals(cursor)) {
                return keyId;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: it is no base64url.
        }
        throw new ProvisioningException(
                ProvisioningException.Kind.INVALID, "cursor is not one of this customer's list. Start without it");
    }

    private static String digest(String customerId, String keyId) {
        return Sha256.hex(customerId + "\n" + keyId).substring(0, DIGEST_DIGITS);
    }
}

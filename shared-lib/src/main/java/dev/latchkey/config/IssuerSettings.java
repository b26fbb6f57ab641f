package dev.latchkey.config;

import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.status.StatusListBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several issuers.
 *
 * @param issuers its {@code iss}, which its tokens must have exactly; some issuers have several, or one for each tenant
 * @param rules what must hold for its tokens
 * @param keys what signatures of its tokens are checked with
 * @param statusListBase where its status lists are; null for its own address
 */
public record IssuerSettings(
        List<String> issuers,
        VerificationRules rules,
        KeySource<KeySet> keys,
        @Nullable StatusListBase statusListBase) {

    /** Copies the issuers. */
    public IssuerSettings {
        issuers = List.copyOf(issuers);
    }
}

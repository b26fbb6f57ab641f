package dev.latchkey.jwt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to issuers, found by a token's {@code iss}: that of the very issuer, else that of the first pattern which the
 * issuer is like. Whatever is found so for one token belongs to one entry of the settings. Immutable.
 *
 * @param <T> what belongs to them
 */
public final class ByIssuer<T> {

    private final Map<String, T> byIssuer = new HashMap<>();
    private final Map<IssuerPattern, T> byPattern = new LinkedHashMap<>();

    /**
     * Sorts these.
     *
     * @param all by issuer or pattern of issuers, in their order
     */
    public ByIssuer(Map<String, T> all) {
        all.forEach((issuer, one) -> IssuerPattern.parse(issuer)
                .ifPresentOrElse(pattern -> byPattern.put(pattern, one), () -> byIssuer.put(issuer, one)));
    }

    /** What belongs to an issuer; null where nothing does. */
    public @Nullable T find(String issuer) {
        T exact = byIssuer.get(issuer);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<IssuerPattern, T> one : byPattern.entrySet()) {
            if (one.getKey().isLike(issuer)) {
                return one.getValue();
            }
        }
        return null;
    }
}

package dev.latchkey.authorizer;

import dev.latchkey.config.Quoted;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.VerifiedToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which usage plan's API key stands for a customer: the setting {@code USAGE_KEY}, so that API Gateway throttles each
 * customer (API Gateway developer guide, "Choose an API key source", source AUTHORIZER). {@code toString()} shows no key.
 *
 * @param claim the claim that holds the usage plan's API key, or the plan's name
 * @param plans the usage plans' API keys by plan; empty where the claim holds the API key itself
 */
record UsageKey(ClaimPath claim, Map<String, String> plans) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{20,128}");
    private static final Pattern COLON_AND_SPACE = Pattern.compile(":\\s");

    /** Copies the plans. */
    UsageKey {
        plans = Map.copyOf(plans);
    }

    /**
     * Reads {@code claim}, or {@code claim: gold=KEY, silver=KEY}. The colon is the first with a space behind it, else the
     * only one; names with colons that have neither may stand in quotes.
     *
     * @throws IllegalArgumentException if it is neither; the message tells why
     */
    static UsageKey parse(String text) {
        if (!text.contains("=")) {
            if (!text.startsWith("\"")
                    && (text.contains(",") || COLON_AND_SPACE.matcher(text).find())) {
                throw new IllegalArgumentException("names more than a claim and no plan's API key");
            }
            return new UsageKey(ClaimPath.parse(Quoted.plain(text)), Map.of());
        }
        int colon = colon(text);
        Map<String, String> plans = new LinkedHashMap<>();
        for (String entry : Quoted.split(text.substring(colon + 1), ',')) {
            int equals = entry.lastIndexOf('=');
            String plan =
                    equals < 0 ? "" : Quoted.plain(entry.substring(0, equals).strip());
            if (plan.isBlank()
                    || !KEY.matcher(entry.substring(equals + 1).strip()).matches()) {
                throw new IllegalArgumentException("a plan needs its usage plan's API key, of 20 to 128 characters");
            }
            plans.put(plan, entry.substring(equals + 1).strip());
        }
        return new UsageKey(
                ClaimPath.parse(Quoted.plain(text.substring(0, colon).strip())), plans);
    }

    private static int colon(String text) {
        List<String> quoted = Quoted.split(text, ':', 2);
        if (text.startsWith("\"") && quoted.size() == 2) {
            return text.indexOf(':', quoted.get(0).length());
        }
        var spaced = COLON_AND_SPACE.matcher(text);
        if (spaced.find()) {
            return spaced.start();
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException("needs a colon and a space behind the claim");
        }
        return colon;
    }

    /** The API key for a token; empty where it names no plan. */
    Optional<String> of(VerifiedToken token) {
        Optional<String> value = ContextClaims.flat(token.claims(), claim);
        return plans.isEmpty() ? value : value.flatMap(plan -> Optional.ofNullable(plans.get(plan)));
    }

    @Override
    public String toString() {
        return "usage key from " + claim + " for " + plans.keySet();
    }
}

package dev.latchkey.authorizer;

import dev.latchkey.jwt.VerifiedToken;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which usage plan's API key stands for a customer: the setting {@code USAGE_KEY}, so that API Gateway throttles each
 * customer (API Gateway developer guide, "Choose an API key source", source AUTHORIZER). {@code toString()} shows no key.
 *
 * @param claim path of the claim that holds the usage plan's API key, or the plan's name
 * @param plans the usage plans' API keys by plan; empty where the claim holds the API key itself
 */
record UsageKey(List<String> claim, Map<String, String> plans) {

    /** Copies both. */
    UsageKey {
        claim = List.copyOf(claim);
        plans = Map.copyOf(plans);
    }

    /** Reads {@code claim}, or {@code claim: gold=KEY, silver=KEY}; empty where it is neither. */
    static Optional<UsageKey> parse(String text) {
        String[] sides = text.split(":", 2);
        List<String> path = Arrays.asList(sides[0].strip().split("\\.", -1));
        Map<String, String> plans = new LinkedHashMap<>();
        for (String entry : sides.length == 1 ? new String[0] : sides[1].split(",", -1)) {
            String[] plan = entry.strip().split("=", 2);
            if (plan.length != 2 || !plan[1].matches("[A-Za-z0-9_-]{20,128}") || plan[0].isBlank()) {
                return Optional.empty();
            }
            plans.put(plan[0].strip(), plan[1]);
        }
        return path.stream().anyMatch(String::isBlank) ? Optional.empty() : Optional.of(new UsageKey(path, plans));
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

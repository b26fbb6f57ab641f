package dev.latchkey.authorizer;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps an Allow within {@value #MAX_BYTES} bytes, below every limit that API Gateway's pages tell, so that it is never API
 * Gateway that decides what becomes of a large answer. First the last of the further claims leave the context; a policy that
 * is still too large is a Deny.
 */
final class AnswerSize {

    static final int MAX_BYTES = 8192;

    /** The bytes of the most that becomes of a character: a backslash, a u and four digits. */
    private static final int PER_CHARACTER = 6;

    private static final int PER_VALUE = 8;
    private static final int FRAME = 200;

    private AnswerSize() {}

    /**
     * The decision, or what is left of it.
     *
     * @param answer makes an answer, of ASCII characters alone
     */
    static Decision fitting(Decision.Allow allow, Function<Decision.Allow, JsonObject> answer) {
        Decision.Allow fitting = allow;
        while (!isSmall(fitting) && answer.apply(fitting).toString().length() > MAX_BYTES) {
            List<String> further = fitting.context().keySet().stream()
                    .filter(name -> !ContextClaims.isAlwaysTold(name))
                    .toList();
            if (further.isEmpty()) {
                return new Decision.Deny(allow.principalId(), Reason.ANSWER_TOO_LARGE);
            }
            fitting = without(fitting, further.get(further.size() - 1));
        }
        return fitting;
    }

    /** Spares small answers the measuring. */
    static boolean isSmall(Decision.Allow allow) {
        String usageKey = allow.usageKey();
        int most = FRAME
                + most(List.of(allow.principalId(), usageKey == null ? "" : usageKey))
                + most(allow.resources())
                + most(allow.context().keySet())
                + most(allow.context().values());
        return most <= MAX_BYTES;
    }

    private static int most(Collection<String> texts) {
        int most = 0;
        for (String text : texts) {
            most += PER_VALUE + PER_CHARACTER * text.length();
        }
        return most;
    }

    private static Decision.Allow without(Decision.Allow allow, String name) {
        Map<String, String> context = new LinkedHashMap<>(allow.context());
        context.remove(name);
        List<String> leftOut = new ArrayList<>(allow.leftOut());
        leftOut.add(name);
        return new Decision.Allow(
                allow.principalId(),
                allow.resources(),
                context,
                allow.usageKey(),
                leftOut,
                allow.elsewhere(),
                allow.lacksUsageKey());
    }
}

package dev.latchkey.provisioning;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stage of an API, whose kept answers of authorizers can be flushed.
 *
 * @param kind whether it is a REST API, or an HTTP or WebSocket API
 * @param apiId the API's id
 * @param stage the stage's name
 */
public record StageCache(Kind kind, String apiId, String stage) {

    private static final Pattern TEXT =
            Pattern.compile("(?i)(rest|http):([A-Za-z0-9]{1,32})/([A-Za-z0-9_-]{1,128}|\\$default)");

    /** What kind of API it is, which tells by what operation its answers are flushed. */
    public enum Kind {
        /** A REST API. */
        REST,
        /** An HTTP or WebSocket API. */
        HTTP
    }

    /** Reads {@code rest:<api id>/<stage>} or {@code http:<api id>/<stage>}; empty for anything else. */
    public static Optional<StageCache> read(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new StageCache(
                        parts.group(1).equalsIgnoreCase("rest") ? Kind.REST : Kind.HTTP,
                        parts.group(2),
                        parts.group(3)))
                : Optional.empty();
    }

    /** Flushes stages. */
    @FunctionalInterface
    public interface Flusher {

        /**
         * Has API Gateway forget what it keeps for a stage.
         *
         * @throws RuntimeException if it does not, or not in time
         */
        void flush(StageCache stage);
    }

    @Override
    public String toString() {
        return kind + " API " + apiId + ", stage " + stage;
    }
}

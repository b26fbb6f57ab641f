package dev.latchkey.cli;

import dev.latchkey.cli.Functions.Invocation;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What the authorizer made of a request.
 *
 * @param verdict whether it lets the request in
 * @param status what API Gateway answers for it where it does not
 * @param reason the reason in its log; empty where there is none
 * @param detail what else its log or its error says
 * @param resource how far a policy reaches; empty without one
 */
record DoorAnswer(Verdict verdict, int status, String reason, String detail, String resource) {

    private static final JsonLimits RECORD = new JsonLimits(64 * 1024, 16);
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BROKEN = 500;

    /** Whether the request is let in. */
    enum Verdict {
        ALLOWED,
        REFUSED,
        FAILED
    }

    static DoorAnswer of(Invocation invocation) {
        JsonObject answer = invocation.answer();
        JsonObject decision = decision(invocation.log());
        String reason = decision.string("reason").orElse("");
        if (invocation.isFailure()) {
            boolean isRefusal = invocation.failure().equals("Unauthorized");
            return isRefusal
                    ? new DoorAnswer(Verdict.REFUSED, UNAUTHENTICATED, reason, detail(decision), "")
                    : new DoorAnswer(Verdict.FAILED, BROKEN, reason, invocation.failure(), "");
        }
        JsonObject statement = statement(answer);
        boolean isAllowed = isAllowed(statement, answer) && !isElsewhere(decision);
        return new DoorAnswer(
                isAllowed ? Verdict.ALLOWED : Verdict.REFUSED,
                isAllowed ? 0 : FORBIDDEN,
                reason,
                detail(decision),
                statement.get("Resource").map(Object::toString).orElse(""));
    }

    /** In a few words. */
    String inWords() {
        return switch (verdict) {
            case ALLOWED -> "let in";
            case FAILED -> "500: " + detail;
            case REFUSED -> status + (reason.isEmpty() ? ", no reason in the log" : ", " + reason) + detail;
        };
    }

    private static JsonObject statement(JsonObject answer) {
        JsonObject none = new JsonObject(Map.of());
        return answer.has("policyDocument")
                        && answer.object("policyDocument").get("Statement").orElse(none) instanceof JsonArray statements
                        && !statements.elements().isEmpty()
                        && statements.elements().get(0) instanceof JsonObject first
                ? first
                : none;
    }

    private static boolean isAllowed(JsonObject statement, JsonObject answer) {
        return "Allow".equals(statement.string("Effect").orElse(""))
                || "true"
                        .equals(answer.get("isAuthorized").map(Object::toString).orElse(""));
    }

    /** A policy may open other routes than that of the call, which API Gateway then refuses; the record says so. */
    private static boolean isElsewhere(JsonObject decision) {
        return decision.string("decision").filter("deny"::equals).isPresent();
    }

    private static String detail(JsonObject decision) {
        if (!decision.has("claim")) {
            return "";
        }
        return " (" + decision.string("claim").orElse("") + ": expected "
                + decision.string("expected").orElse("")
                + decision.string("found").map(found -> ", found " + found).orElse("") + ")";
    }

    private static JsonObject decision(String log) {
        return record(log, "\"decision\"");
    }

    /** The last record in a log that holds this; one without members where there is none. */
    static JsonObject record(String log, String part) {
        JsonObject last = new JsonObject(Map.of());
        for (String line : log.split("\n", -1)) {
            if (line.startsWith("{") && line.contains(part)) {
                last = read(line).orElse(last);
            }
        }
        return last;
    }

    /** The end of a log may begin in the midst of a record. */
    private static Optional<JsonObject> read(String line) {
        try {
            return Optional.of(JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8), RECORD));
        } catch (JsonSyntaxException cut) {
            return Optional.empty();
        }
    }
}

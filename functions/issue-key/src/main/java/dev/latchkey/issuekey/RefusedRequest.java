package dev.latchkey.issuekey;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.Locale;

/** A request that its caller can put right. Without a stack trace: it happens every day. */
final class RefusedRequest extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of mistake it is: the answer's status and code. */
    enum Kind {
        INVALID_REQUEST(400),
        UNAUTHENTICATED(401),
        NOT_FOUND(404),
        CONFLICT(409),
        NOT_IMPLEMENTED(501),
        INTERNAL_ERROR(500);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String problem;

    RefusedRequest(Kind kind, String problem) {
        super(problem, null, false, false);
        this.kind = kind;
        this.problem = problem;
    }

    static RefusedRequest invalid(String problem) {
        return new RefusedRequest(Kind.INVALID_REQUEST, problem);
    }

    Kind kind() {
        return kind;
    }

    /** The code in the answer and the log. */
    String code() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The answer's body. */
    JsonObject body() {
        JsonObject error = new JsonObjectBuilder()
                .put("code", code())
                .put("message", problem)
                .build();
        return new JsonObjectBuilder().put("error", error).build();
    }
}

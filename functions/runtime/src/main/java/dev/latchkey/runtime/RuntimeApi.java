package dev.latchkey.runtime;

import java.io.IOException;
import java.net.ProtocolException;

/** The Lambda Runtime API, version 2018-06-01 (Lambda, Using the Lambda runtime API for custom runtimes). */
final class RuntimeApi {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATION = BASE + "invocation/";
    private static final int SERVER_ERROR = 500;
    private static final int TOO_LARGE = 413;

    private final HttpConnection connection;

    RuntimeApi(HttpConnection connection) {
        this.connection = connection;
    }

    /** How the API took what it was sent. */
    enum Receipt {
        /** As it was meant. */
        ACCEPTED,
        /** The answer is larger than Lambda takes; Lambda has told the caller. */
        TOO_LARGE,
        /** Not at all: the invocation is over, or is none. */
        REFUSED
    }

    /**
     * Waits for the next event, however long.
     *
     * @throws IOException if there is none to come: the program should end
     */
    Invocation next() throws IOException {
        HttpReply reply = connection.get(INVOCATION + "next");
        if (reply.status() != 200) {
            throw new IOException("The Runtime API answered " + reply.status() + " when asked for an event");
        }
        String requestId = text(reply, "Lambda-Runtime-Aws-Request-Id");
        if (!requestId.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new ProtocolException("The Runtime API sent an event without a usable request id");
        }
        return new Invocation(
                requestId,
                text(reply, "Lambda-Runtime-Invoked-Function-Arn"),
                milliseconds(text(reply, "Lambda-Runtime-Deadline-Ms")),
                reply.header("Lambda-Runtime-Trace-Id"),
                reply.header("Lambda-Runtime-Aws-Tenant-Id"),
                reply.body());
    }

    /**
     * Answers an event.
     *
     * @throws IOException if the API does not work: the program should end
     */
    Receipt response(String requestId, byte[] answer) throws IOException {
        return receipt(connection.post(INVOCATION + requestId + "/response", "", answer));
    }

    /**
     * Tells that the event of that id has no answer but an error.
     *
     * @throws IOException if the API does not work: the program should end
     */
    Receipt error(String requestId, FunctionError error) throws IOException {
        return report(INVOCATION + requestId + "/error", error);
    }

    /**
     * Tells that the function cannot start.
     *
     * @throws IOException if the API does not work
     */
    Receipt initError(FunctionError error) throws IOException {
        return report(BASE + "init/error", error);
    }

    private Receipt report(String path, FunctionError error) throws IOException {
        String header = "Lambda-Runtime-Function-Error-Type: " + error.category() + "\r\n";
        return receipt(connection.post(path, header, error.json()));
    }

    private static Receipt receipt(HttpReply reply) throws IOException {
        if (reply.status() >= SERVER_ERROR) {
            throw new IOException("The Runtime API answered " + reply.status() + ", which is not recoverable");
        }
        if (reply.status() == TOO_LARGE) {
            return Receipt.TOO_LARGE;
        }
        return reply.status() < 300 ? Receipt.ACCEPTED : Receipt.REFUSED;
    }

    private static String text(HttpReply reply, String name) {
        String value = reply.header(name);
        return value == null ? "" : value;
    }

    private static long milliseconds(String text) throws ProtocolException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new ProtocolException("The Runtime API sent an event without a usable deadline");
        }
    }
}

package dev.latchkey.json;

/**
 * A text is not the JSON that was asked for. The message tells what is wrong and at which byte, and never repeats the
 * text. It has no stack trace: a bad text is an everyday event, not a fault of the program.
 */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String problem, int position) {
        super(problem + " at byte " + position, null, false, false);
    }
}

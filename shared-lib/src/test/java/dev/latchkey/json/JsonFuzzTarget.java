package dev.latchkey.json;

import java.nio.charset.StandardCharsets;

/** Bytes are a value, which is read again from its own text, or a {@link JsonSyntaxException}. */
public final class JsonFuzzTarget {

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 16);

    private JsonFuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws JsonSyntaxException {
        JsonValue value;
        try {
            value = JsonReader.read(input, LIMITS);
        } catch (JsonSyntaxException refused) {
            return;
        }
        String text = value.toString();
        // A number is written in Java's way, which may be longer than the one that was read.
        if (text.length() <= 40
                && !JsonReader.read(text.getBytes(StandardCharsets.UTF_8), LIMITS)
                        .equals(value)) {
            throw new AssertionError("written and read again, it is another value: " + text);
        }
    }
}

package dev.latchkey.testing;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;

/** A Lambda logger that keeps nothing and takes nothing but single lines of printable ASCII. */
public final class OneLineLogger implements LambdaLogger {

    @Override
    public void log(String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if ((c < 0x20 || c > 0x7e) && !(c == '\n' && i == message.length() - 1)) {
                throw new AssertionError("a log record with the character " + (int) c + " in it");
            }
        }
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.ISO_8859_1));
    }
}

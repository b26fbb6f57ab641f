package dev.latchkey.runtime;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A final response (RFC 9112 section 2.1).
 *
 * @param status its status code
 * @param headers its fields by their names in lower case; of a field that came twice, the first
 * @param body its content, without any transfer coding
 */
record HttpReply(int status, Map<String, String> headers, ByteArrayInputStream body) {

    /** The value of a field, without white space around it. */
    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}

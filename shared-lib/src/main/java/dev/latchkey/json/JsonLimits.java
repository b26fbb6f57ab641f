package dev.latchkey.json;

/**
 * How large a JSON text may be before it is refused unread.
 *
 * @param bytes the longest text, in bytes
 * @param depth the deepest nesting of objects and arrays; a text of one flat object has depth 1
 */
public record JsonLimits(int bytes, int depth) {

    /** Checks that both limits are positive. */
    public JsonLimits {
        if (bytes <= 0 || depth <= 0) {
            throw new IllegalArgumentException("JSON limits must be positive, got bytes=" + bytes + " depth=" + depth);
        }
    }
}

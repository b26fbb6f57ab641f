package dev.latchkey.local.machine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as a value: equal when the bytes are. */
public final class Payload {
    private final byte[] bytes;

    /** A copy of these bytes. */
    public Payload(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Tells the size only, as a payload may hold a key. */
    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}

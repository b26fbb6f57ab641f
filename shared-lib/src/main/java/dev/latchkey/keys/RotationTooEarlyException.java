package dev.latchkey.keys;

import java.time.Instant;

/** A rotation that would sign with a key before everybody who checks keys has seen it. */
public final class RotationTooEarlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Tells when it is time.
     *
     * @param next the name of the key that would sign
     * @param from when it may
     */
    public RotationTooEarlyException(String next, Instant from) {
        super("the key " + next + " must be published for " + RingRotation.KEPT.toHours()
                + " hours before it signs, since other verifiers keep key sets for as long, and every copy of the set must have"
                + " it before. Rotate again from " + from + " on, or force it with scripts/keys rotate --now");
    }
}

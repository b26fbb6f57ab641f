package dev.latchkey.provisioning;

/** A request to a plugin that its caller can put right. The message is shown to the caller. */
public final class ProvisioningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of problem it is. */
    public enum Kind {
        /** The request is wrong. */
        INVALID,
        /** The user is not known. */
        NOT_FOUND,
        /** The request contradicts what is already there. */
        CONFLICT,
        /** The plugin does not offer what was asked for. */
        NOT_IMPLEMENTED
    }

    private final Kind kind;

    /** Tells what is wrong. The message must hold neither a key nor a secret. */
    public ProvisioningException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of problem it is. */
    public Kind kind() {
        return kind;
    }
}

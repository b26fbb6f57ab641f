package dev.latchkey.status;

/** What a list says of a key (Token Status List, Status Types Values). Everything but {@link #VALID} closes the door. */
public enum Status {
    /** 0: the key is good. */
    VALID(0),
    /** 1: the key is ended for good. */
    REVOKED(1),
    /** 2: the key rests for a while. */
    SUSPENDED(2),
    /** Any other value, none of which has a meaning here; a key is refused for it. */
    UNKNOWN(3);

    private final int value;

    Status(int value) {
        this.value = value;
    }

    /** The value in a list. */
    public int value() {
        return value;
    }

    /** The status of that value in a list. */
    public static Status of(int value) {
        return switch (value) {
            case 0 -> VALID;
            case 1 -> REVOKED;
            case 2 -> SUSPENDED;
            default -> UNKNOWN;
        };
    }
}

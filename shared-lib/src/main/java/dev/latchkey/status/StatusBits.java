package dev.latchkey.status;

/**
 * The statuses of a list by index: 1, 2, 4 or 8 bits each, packed from the least significant bit of the first byte upwards
 * (Token Status List, Compressed Byte Array). Immutable.
 */
public final class StatusBits {

    /** The most bytes of a list, compressed and inflated, that are read: 64 KiB. */
    public static final int MAX_BYTES = 64 * 1024;

    private final int bits;
    private final byte[] packed;

    private StatusBits(int bits, byte[] packed) {
        this.bits = bits;
        this.packed = packed;
    }

    /**
     * Reads a list.
     *
     * @param bits the bits of each status
     * @param text its {@code lst}: ZLIB in base64url
     * @throws UnusableListException if it is none, or has more than {@link #MAX_BYTES}
     */
    public static StatusBits read(int bits, String text) {
        return read(bits, text, MAX_BYTES);
    }

    static StatusBits read(int bits, String text, int maxBytes) {
        checkSize(bits);
        return new StatusBits(bits, Zlib.inflate(text, maxBytes, maxBytes));
    }

    private static void checkSize(int bits) {
        if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
            throw new UnusableListException("has statuses of " + bits + " bits; there are 1, 2, 4 and 8");
        }
    }

    /** How many statuses there are; the last ones may stand for no key. */
    public long size() {
        return packed.length * 8L / bits;
    }

    /**
     * The value at an index.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public int value(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("the list has " + size() + " statuses, none at " + index);
        }
        long bit = index * bits;
        return (packed[(int) (bit >>> 3)] >>> (int) (bit & 7)) & ((1 << bits) - 1);
    }

    /** Collects statuses; what is not put is {@link Status#VALID}. */
    public static final class Builder {

        private final int bits;
        private final byte[] packed;

        /**
         * Starts a list in which every status is valid.
         *
         * @param bits the bits of each status: 1, 2, 4 or 8
         * @param size how many statuses there are, in whole bytes
         */
        public Builder(int bits, int size) {
            checkSize(bits);
            if (size <= 0 || (long) size * bits % 8 != 0) {
                throw new IllegalArgumentException("a list fills whole bytes, got " + size + " statuses");
            }
            this.bits = bits;
            this.packed = new byte[(int) ((long) size * bits / 8)];
        }

        /**
         * Puts a value, in the place of what was there.
         *
         * @throws IllegalArgumentException if the index or the value does not fit
         */
        public Builder put(int index, int value) {
            int mask = (1 << bits) - 1;
            if (index < 0 || index >= packed.length * 8L / bits || value < 0 || value > mask) {
                throw new IllegalArgumentException("no status " + value + " fits at " + index);
            }
            long bit = (long) index * bits;
            int shift = (int) (bit & 7);
            int at = (int) (bit >>> 3);
            packed[at] = (byte) ((packed[at] & ~(mask << shift)) | (value << shift));
            return this;
        }

        /** The bits of each status. */
        public int bits() {
            return bits;
        }

        /** The list as its {@code lst}; the same statuses give the same text. */
        public String text() {
            return Zlib.deflate(packed);
        }
    }
}

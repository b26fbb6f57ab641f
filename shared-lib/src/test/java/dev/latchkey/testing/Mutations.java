package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes good inputs a little; the same seed gives the same changes. */
public final class Mutations {

    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\",
            "\\u0000",
            "\\ud800",
            "null",
            "true",
            "-1",
            "1e999",
            "0.5",
            ".",
            "..",
            "=",
            " ",
            "\n",
            "\u0000",
            "é",
            "\ud83d\ude00",
            "Bearer ",
            "none",
            "{\"keys\":[]}",
            "-----BEGIN ",
            "-----",
            "AAAA",
            "9".repeat(70),
            "[".repeat(40),
            "*",
            "/",
            "$default",
            "TOKEN",
            "REQUEST");

    private final Random random;

    private Mutations(Random random) {
        this.random = random;
    }

    /** The changes of a seed. */
    public static Mutations of(long seed) {
        return new Mutations(new Random(seed));
    }

    /** One of these. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A text with one to four changes. */
    public String change(String text) {
        return new String(change(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** Bytes with one to four changes: some set, taken out, doubled, put elsewhere, or a piece of trouble put in. */
    public byte[] change(byte[] bytes) {
        byte[] changed = bytes;
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            changed = changeOnce(changed);
        }
        return changed;
    }

    private byte[] changeOnce(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(random.nextInt(8) == 0 ? 400 : 6));
        return switch (random.nextInt(6)) {
            case 0 -> replace(bytes, from, to, new byte[0]);
            case 1 -> replace(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 2 -> replace(bytes, from, to, pick(PIECES).getBytes(StandardCharsets.UTF_8));
            case 3 -> replace(bytes, from, from, pick(PIECES).getBytes(StandardCharsets.UTF_8));
            case 4 -> replace(bytes, from, Math.min(bytes.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            default -> Arrays.copyOf(bytes, random.nextInt(8) == 0 ? from : bytes.length);
        };
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] with) {
        byte[] result = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
        return result;
    }
}

package dev.latchkey.status;

import dev.latchkey.keys.Base64Url;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes as a list token holds them: ZLIB (RFC 1950), then base64url without padding. */
final class Zlib {

    private static final int FIRST_BUFFER = 4096;

    private Zlib() {}

    static String deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[FIRST_BUFFER];
            int length = 0;
            while (!deflater.finished()) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                }
                length += deflater.deflate(buffer, length, buffer.length - length);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(buffer, length));
        } finally {
            deflater.end();
        }
    }

    /**
     * The bytes of a text.
     *
     * @param mostDeflated the most bytes before inflating
     * @param most the most bytes after inflating
     * @throws UnusableListException if it is not one ZLIB stream in base64url, or has more bytes
     */
    static byte[] inflate(String text, int mostDeflated, int most) {
        byte[] deflated = Base64Url.decode(text);
        if (deflated == null) {
            throw new UnusableListException("holds no base64url where statuses should be");
        }
        if (deflated.length > mostDeflated) {
            throw new UnusableListException("has more than " + mostDeflated + " compressed bytes");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            return inflated(inflater, most);
        } catch (DataFormatException e) {
            throw new UnusableListException("is not compressed by ZLIB (RFC 1950)");
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflated(Inflater inflater, int most) throws DataFormatException {
        byte[] buffer = new byte[Math.min(FIRST_BUFFER, most + 1)];
        int length = 0;
        while (!inflater.finished()) {
            if (length > most) {
                throw new UnusableListException("has more than " + most + " bytes once inflated");
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, most + 1));
            }
            int more = inflater.inflate(buffer, length, buffer.length - length);
            if (more == 0 && !inflater.finished()) {
                throw new UnusableListException("breaks off, or needs a dictionary");
            }
            length += more;
        }
        if (length > most) {
            throw new UnusableListException("has more than " + most + " bytes once inflated");
        }
        if (inflater.getRemaining() > 0) {
            throw new UnusableListException("has bytes behind its end");
        }
        return Arrays.copyOf(buffer, length);
    }
}

package dev.latchkey.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8 (RFC 3629): what is malformed is refused, never replaced. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] bytes, int offset, int length) throws JsonSyntaxException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("not UTF-8", offset);
        }
    }
}

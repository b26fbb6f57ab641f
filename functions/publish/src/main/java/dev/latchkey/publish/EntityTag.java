package dev.latchkey.publish;

import dev.latchkey.keys.Sha256;

/** Entity tags of contents, and whether a caller has one already (RFC 9110 sections 8.8.3 and 13.1.2). */
final class EntityTag {

    private static final int DIGITS = 32;

    private EntityTag() {}

    /** A name for a content, of 32 characters, that no other content has. */
    static String name(String content) {
        return Sha256.hex(content).substring(0, DIGITS);
    }

    /**
     * Tells whether an {@code If-None-Match} header names a tag: by a star, or in a list, weakly compared.
     *
     * @param header its value in lower case; blank where there is none
     * @param tag the tag, in lower case but for a {@code W/}
     */
    static boolean isNamed(String header, String tag) {
        if (header.strip().equals("*")) {
            return true;
        }
        String wanted = opaque(tag);
        for (String one : header.split(",", -1)) {
            if (opaque(one.strip()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") || tag.startsWith("w/") ? tag.substring(2) : tag;
    }
}

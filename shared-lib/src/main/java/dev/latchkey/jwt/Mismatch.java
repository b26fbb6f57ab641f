package dev.latchkey.jwt;

import org.jspecify.annotations.Nullable;

/**
 * Which claim or header member a token was refused for, for the operator's log.
 *
 * @param claim the claim, in the notation of {@link ClaimPath}, or the header's member
 * @param expected what the settings expect of it
 * @param found what the token has, unverified: of its issuer and its type alone, else null
 */
public record Mismatch(
        String claim, String expected, @Nullable String found) {

    /** One that shows nothing of the token. */
    public Mismatch(String claim, String expected) {
        this(claim, expected, null);
    }
}

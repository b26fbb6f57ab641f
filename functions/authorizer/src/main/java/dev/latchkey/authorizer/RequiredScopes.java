package dev.latchkey.authorizer;

import dev.latchkey.jwt.VerifiedToken;
import java.util.List;
import java.util.Set;

/**
 * The scopes that a key needs to be let in at all.
 *
 * @param scopes the scopes; empty lets every key in
 * @param all whether all of them are needed, or any one
 */
record RequiredScopes(List<String> scopes, boolean all) {

    /** Copies the scopes. */
    RequiredScopes {
        scopes = List.copyOf(scopes);
    }

    boolean areMetBy(VerifiedToken token) {
        if (scopes.isEmpty()) {
            return true;
        }
        Set<String> held = token.scopes();
        return all ? held.containsAll(scopes) : scopes.stream().anyMatch(held::contains);
    }

    /** What is needed, for messages. */
    String inWords() {
        return String.join(all ? " and " : " or ", scopes);
    }
}

package dev.latchkey.authorizer;

import java.util.Collection;
import java.util.List;

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

    boolean areMetBy(Collection<String> held) {
        return all
                ? held.containsAll(scopes)
                : scopes.isEmpty() || scopes.stream().anyMatch(held::contains);
    }
}

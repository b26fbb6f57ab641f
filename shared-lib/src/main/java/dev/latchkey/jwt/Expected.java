package dev.latchkey.jwt;

import java.util.Collection;
import java.util.List;

/** What an {@code iss} or {@code aud} claim must hold. */
public sealed interface Expected {

    /** The claim must not be there: nobody said what it should be, so a token that has one is meant for others. */
    record Absent() implements Expected {}

    /** The check is waived. */
    record Anything() implements Expected {}

    /** The claim must hold one of these, compared character by character (RFC 7519 sections 4.1.1 and 4.1.3). */
    record OneOf(List<String> values) implements Expected {

        /** Copies the values, of which there must be one at least. */
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("at least one value must be expected");
            }
        }
    }

    /** Tells whether the values that a claim holds are as expected. */
    default boolean accepts(Collection<String> claim) {
        if (this instanceof OneOf oneOf) {
            return claim.stream().anyMatch(oneOf.values()::contains);
        }
        return this instanceof Anything || claim.isEmpty();
    }
}

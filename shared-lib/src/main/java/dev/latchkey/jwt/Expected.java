package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The claim must hold one of these, or one of a tenant that the token's own claim names. */
    record OneOfTenants(List<String> values, List<IssuerPattern> patterns) implements Expected {

        /** Copies both. */
        public OneOfTenants {
            values = List.copyOf(values);
            patterns = List.copyOf(patterns);
        }
    }

    /** The values that are expected as they stand; none where there are none. */
    default List<String> values() {
        return List.of();
    }

    /** What an issuer must be: one of these, of which those with braces are patterns. */
    static Expected issuers(Collection<String> texts) {
        List<String> values = new ArrayList<>();
        List<IssuerPattern> patterns = new ArrayList<>();
        for (String text : texts) {
            IssuerPattern.parse(text).ifPresentOrElse(patterns::add, () -> values.add(text));
        }
        return patterns.isEmpty() ? new OneOf(values) : new OneOfTenants(values, patterns);
    }

    /** Tells whether an issuer is as expected in a token with these claims. */
    default boolean acceptsIssuer(Collection<String> claim, JsonObject claims) {
        return this instanceof OneOfTenants tenants
                ? claim.stream()
                        .anyMatch(issuer -> tenants.values().contains(issuer)
                                || tenants.patterns().stream().anyMatch(pattern -> pattern.isOf(issuer, claims)))
                : accepts(claim);
    }

    /** Tells whether the values that a claim holds are as expected. */
    default boolean accepts(Collection<String> claim) {
        if (this instanceof OneOf oneOf) {
            return claim.stream().anyMatch(oneOf.values()::contains);
        }
        return this instanceof Anything || claim.isEmpty();
    }

    /** What is expected, for messages. */
    default String inWords() {
        if (this instanceof OneOf oneOf) {
            return String.join(" or ", oneOf.values());
        }
        if (this instanceof OneOfTenants tenants) {
            return Stream.concat(
                            tenants.values().stream(),
                            tenants.patterns().stream().map(IssuerPattern::text))
                    .collect(Collectors.joining(" or "));
        }
        return this instanceof Absent ? "none" : "anything";
    }
}

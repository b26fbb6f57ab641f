package dev.latchkey.local.template;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A Lambda authorizer of an API (API Gateway, Use API Gateway Lambda authorizers). */
public sealed interface AuthorizerDefinition {

    /** Its name in the API's {@code Auth.Authorizers}. */
    String name();

    /** Logical id of the function that decides. */
    String function();

    /** How long an answer is reused for the same identity; zero turns that off. */
    Duration ttl();

    /**
     * An authorizer of a REST API that gets one header.
     *
     * @param header the header's name, in any case
     * @param validation what the header's whole value must match before the function is asked
     */
    record Token(String name, String function, Duration ttl, String header, Pattern validation)
            implements AuthorizerDefinition {}

    /**
     * An authorizer of a REST API that gets the request.
     *
     * @param identitySources what must be present in the request and together is the key of the cache
     */
    record Request(String name, String function, Duration ttl, List<IdentitySource> identitySources)
            implements AuthorizerDefinition {

        /** Copies the list. */
        public Request {
            identitySources = List.copyOf(identitySources);
        }
    }

    /**
     * An authorizer of an HTTP API that gets the request in payload format 2.0.
     *
     * @param identitySources what must be present in the request and together is the key of the cache
     * @param simpleResponses whether it answers {@code {"isAuthorized": …}}, else a policy
     */
    record Http(
            String name, String function, Duration ttl, List<IdentitySource> identitySources, boolean simpleResponses)
            implements AuthorizerDefinition {

        /** Copies the list. */
        public Http {
            identitySources = List.copyOf(identitySources);
        }
    }

    /** A part of the request that says who is calling: {@code request.header.X} or {@code request.querystring.X}. */
    record IdentitySource(Kind kind, String name) {

        /** Where in the request. */
        public enum Kind {
            /** A header; its name in any case. */
            HEADER,
            /** A query string parameter; its name in exactly this case. */
            QUERY_STRING
        }
    }
}

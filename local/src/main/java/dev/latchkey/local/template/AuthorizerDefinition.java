package dev.latchkey.local.template;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** An authorizer of an API. */
public sealed interface AuthorizerDefinition {

    /** Its name in the API's {@code Auth.Authorizers}. */
    String name();

    /** An authorizer that is a function (API Gateway, Use API Gateway Lambda authorizers). */
    sealed interface Lambda extends AuthorizerDefinition {

        /** Logical id of the function that decides. */
        String function();

        /** How long an answer is reused for the same identity; zero turns that off. */
        Duration ttl();
    }

    /**
     * API Gateway itself, in an HTTP API (API Gateway, Control access to HTTP APIs with JWT authorizers).
     *
     * @param header the header that holds the token, in any case
     * @param issuer whose tokens are taken, and under whose address the discovery document is
     * @param audience whom tokens may be for
     */
    record Jwt(String name, String header, String issuer, List<String> audience) implements AuthorizerDefinition {

        /** Copies the list. */
        public Jwt {
            audience = List.copyOf(audience);
        }
    }

    /**
     * An authorizer of a REST API that gets one header.
     *
     * @param header the header's name, in any case
     * @param validation what the header's whole value must match before the function is asked
     */
    record Token(String name, String function, Duration ttl, String header, Pattern validation) implements Lambda {}

    /**
     * An authorizer of a REST API that gets the request.
     *
     * @param identitySources what must be present in the request and together is the key of the cache
     */
    record Request(String name, String function, Duration ttl, List<IdentitySource> identitySources) implements Lambda {

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
            implements Lambda {

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

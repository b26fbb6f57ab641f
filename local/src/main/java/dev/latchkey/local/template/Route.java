package dev.latchkey.local.template;

/**
 * A method of a REST API, or a route of an HTTP API.
 *
 * @param method an HTTP method, or {@code ANY}
 * @param path the resource, such as {@code /orders/{id}} or {@code /files/{proxy+}}
 * @param security who may call it
 * @param integration what answers
 */
public record Route(String method, String path, Security security, Integration integration) {

    /** Who may call a route. */
    public sealed interface Security {
        /** Anyone. */
        record None() implements Security {}

        /** Callers that sign with AWS credentials (Signature Version 4). */
        record Iam() implements Security {}

        /** Callers that the authorizer of that name lets through. */
        record Custom(String authorizer) implements Security {}
    }

    /** What answers on a route. */
    public sealed interface Integration {
        /** A fixed status with a body made from a template; {@code template} is the text as it stands in the API. */
        record Mock(int status, String template) implements Integration {}

        /** A function that gets the request and makes the response; its logical id. */
        record LambdaProxy(String function) implements Integration {}
    }
}

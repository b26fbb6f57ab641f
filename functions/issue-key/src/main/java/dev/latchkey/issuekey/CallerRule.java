package dev.latchkey.issuekey;

import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/** Whose word counts for who a caller over HTTP is. */
enum CallerRule {
    /**
     * IAM alone: {@code identity.userArn} of REST APIs, {@code authorizer.iam.userArn} of HTTP APIs and function URLs (API
     * Gateway developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs").
     */
    IAM,
    /** IAM, or another authorizer in front: its principal, its token's subject, or what a Lambda authorizer calls principal. */
    AUTHORIZER;

    static final String DIRECT = "invoke";
    private static final int MAX_LENGTH = 512;

    /** The caller of an HTTP event; empty where nobody vouches for one. */
    Optional<String> caller(JsonObject requestContext) {
        JsonObject authorizer = requestContext.object("authorizer");
        Optional<String> iam = first(List.of(
                requestContext.object("identity").string("userArn"),
                authorizer.object("iam").string("userArn")));
        if (iam.isPresent() || this == IAM) {
            return iam;
        }
        return first(List.of(
                authorizer.string("principalId"),
                authorizer.object("jwt").object("claims").string("sub"),
                authorizer.object("lambda").string("principalId")));
    }

    private static Optional<String> first(List<Optional<String>> names) {
        return names.stream()
                .flatMap(Optional::stream)
                .filter(name -> !name.isBlank() && name.length() <= MAX_LENGTH)
                .findFirst();
    }
}

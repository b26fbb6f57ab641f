package dev.latchkey.local.template;

import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads Lambda authorizers (AWS SAM, LambdaTokenAuthorizer and LambdaRequestAuthorizer). */
final class AuthorizerReader {
    private static final int DEFAULT_TTL_SECONDS = 300;
    static final int MAX_TTL_SECONDS = 3600;

    private AuthorizerReader() {}

    static Map<String, AuthorizerDefinition> read(Section auth) {
        auth.refuse("is not supported locally", "ApiKeyRequired", "ResourcePolicy", "UsagePlan");
        Map<String, AuthorizerDefinition> authorizers = new LinkedHashMap<>();
        auth.get("Authorizers").members().forEach((name, section) -> authorizers.put(name, authorizer(name, section)));
        return authorizers;
    }

    private static AuthorizerDefinition authorizer(String name, Section section) {
        String function = function(section);
        Section identity = section.get("Identity");
        int seconds = identity.get("ReauthorizeEvery").integer(DEFAULT_TTL_SECONDS, 0, MAX_TTL_SECONDS);
        Duration ttl = Duration.ofSeconds(seconds);
        String type = section.get("FunctionPayloadType").text("TOKEN");
        return switch (type) {
            case "TOKEN" ->
                new AuthorizerDefinition.Token(
                        name, function, ttl, identity.get("Header").text("Authorization"), validation(identity));
            case "REQUEST" -> new AuthorizerDefinition.Request(name, function, ttl, sources(identity, seconds));
            default -> throw section.get("FunctionPayloadType").error("must be TOKEN or REQUEST, got " + type);
        };
    }

    /** The function in {@code FunctionArn}. */
    static String function(Section section) {
        Section arn = section.get("FunctionArn");
        if (!arn.isPresent()) {
            throw section.error("only Lambda authorizers, which have FunctionArn, are supported");
        }
        return LocalAccount.functionName(arn.text())
                .orElseThrow(() -> arn.error("\"" + arn.text() + "\" is not the ARN of a function"));
    }

    private static Pattern validation(Section identity) {
        Section expression = identity.get("ValidationExpression");
        try {
            return Pattern.compile(expression.text("(?s).*"));
        } catch (PatternSyntaxException notPattern) {
            throw expression.error("is not a regular expression: " + notPattern.getDescription());
        }
    }

    /** The headers and query string parameters in {@code Identity}. */
    static List<IdentitySource> sources(Section identity, int ttlSeconds) {
        identity.refuse(
                "is not supported locally; supported are Headers and QueryStrings", "StageVariables", "Context");
        List<IdentitySource> sources = new ArrayList<>();
        for (Section header : identity.get("Headers").items()) {
            sources.add(new IdentitySource(IdentitySource.Kind.HEADER, header.text()));
        }
        for (Section query : identity.get("QueryStrings").items()) {
            sources.add(new IdentitySource(IdentitySource.Kind.QUERY_STRING, query.text()));
        }
        if (sources.isEmpty() && ttlSeconds > 0) {
            throw identity.error("caching needs at least one identity source; add Headers or QueryStrings, or set"
                    + " ReauthorizeEvery to 0");
        }
        return sources;
    }
}

package dev.latchkey.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The AWS Parameters and Secrets Lambda Extension beside the function, which reads secrets for it (Secrets Manager user
 * guide, Using AWS Secrets Manager secrets in AWS Lambda). {@code toString()} does not show the token.
 *
 * @param port where it listens on {@code localhost}
 * @param token what it knows the function by: the function's session token
 */
public record SecretsExtension(int port, String token) {

    private static final String PORT = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";
    private static final String CACHE = "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED";
    private static final String TOKEN = "AWS_SESSION_TOKEN";
    private static final int NOT_SET = 0;
    private static final int MAX_PORT = 65_535;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    /**
     * The extension that the environment tells of, by AWS's own variables; empty where it names no port, or, which is a
     * problem, where it cannot be used.
     */
    static Optional<SecretsExtension> read(SettingsReader reader) {
        int port = reader.number(PORT, NOT_SET, 1, MAX_PORT);
        if (port == NOT_SET) {
            return Optional.empty();
        }
        if (reader.text(CACHE).filter("false"::equalsIgnoreCase).isEmpty()) {
            reader.problem(
                    CACHE,
                    "must be false where " + PORT + " is set: a second cache would keep a replaced key in use for"
                            + " longer. Set it to false");
        }
        Optional<String> token =
                reader.text(TOKEN).filter(text -> PRINTABLE.matcher(text).matches());
        if (token.isEmpty()) {
            reader.problem(
                    PORT,
                    "needs " + TOKEN + ", which is not set; functions with SnapStart have none. Remove it, and the"
                            + " secret is read by the AWS SDK");
        }
        return token.map(session -> new SecretsExtension(port, session));
    }

    @Override
    public String toString() {
        return "Secrets extension at port " + port;
    }
}

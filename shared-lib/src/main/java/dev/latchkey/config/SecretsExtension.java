package dev.latchkey.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The AWS Parameters and Secrets Lambda Extension beside the function, which reads secrets for it (Secrets Manager user
 * guide, Using AWS Secrets Manager secrets in AWS Lambda). {@code toString()} does not show the token.
 *
 * @param port where it listens on {@code localhost}
 * @param token what it knows the function by: the function's session token, in printable ASCII
 */
public record SecretsExtension(int port, String token) {

    private static final Setting PORT = Settings.EXTENSION_PORT;
    private static final Setting CACHE = Settings.EXTENSION_CACHE;
    private static final String TOKEN = "AWS_SESSION_TOKEN";
    private static final int MAX_PORT = 65_535;
    private static final Pattern PORT_NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    /** Checks port and token. */
    public SecretsExtension {
        if (!isPort(port) || !isToken(token)) {
            throw new IllegalArgumentException("the Secrets extension needs a port and a printable token");
        }
    }

    /**
     * The extension that the environment tells of, by AWS's own variables under exactly AWS's names; empty where it names
     * no port, or, which is a problem, where it cannot be used.
     */
    static Optional<SecretsExtension> read(SettingsReader reader) {
        String port = reader.variableOfAws(PORT.name());
        if (port.isBlank()) {
            return Optional.empty();
        }
        int number = PORT_NUMBER.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (!isPort(number)) {
            reader.problem(
                    PORT,
                    "needs a whole number from 1 to " + MAX_PORT + ", got \"" + SettingsReader.printable(port) + "\"");
        }
        if (!reader.variableOfAws(CACHE.name()).equalsIgnoreCase("false")) {
            reader.problem(
                    CACHE,
                    "must be false where " + PORT + " is set: a second cache would keep a replaced key in use for"
                            + " longer. Set it to false");
        }
        String token = reader.variableOfAws(TOKEN);
        if (!isToken(token)) {
            reader.problem(
                    PORT,
                    "needs " + TOKEN
                            + ", which is not set or not printable; functions with SnapStart have none. Remove " + PORT
                            + ", and the secret is read by the AWS SDK");
        }
        return isPort(number) && isToken(token) ? Optional.of(new SecretsExtension(number, token)) : Optional.empty();
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= MAX_PORT;
    }

    private static boolean isToken(String text) {
        return PRINTABLE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "Secrets extension at port " + port;
    }
}

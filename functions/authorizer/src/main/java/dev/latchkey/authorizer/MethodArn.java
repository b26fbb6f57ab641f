package dev.latchkey.authorizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of the method that is called: {@code arn:{partition}:execute-api:{region}:{account}:{apiId}/{stage}/{verb}/{path}}
 * (API Gateway developer guide, "Input to an API Gateway Lambda authorizer").
 *
 * @param api everything up to the API id, such as {@code arn:aws:execute-api:us-east-1:123456789012:abcdef123}
 * @param stage the stage, such as {@code prod}, {@code $default} or {@code test-invoke-stage}
 * @param method the verb and path behind the stage, such as {@code GET/orders/1}; the path may be empty and may hold
 *     anything
 */
record MethodArn(String api, String stage, String method) {

    private static final Pattern SHAPE = Pattern.compile(
            "(arn:aws[a-z-]{0,20}:execute-api:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9]{1,64})"
                    + "/([A-Za-z0-9_$*-]{1,128})/(.*)",
            Pattern.DOTALL);

    /**
     * Reads an ARN.
     *
     * @throws UnknownEventException if it is not one of a method
     */
    static MethodArn parse(String arn) {
        Matcher matcher = SHAPE.matcher(arn);
        if (!matcher.matches()) {
            throw new UnknownEventException("methodArn is not the ARN of an API's method. Expected"
                    + " arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{verb}/{path}");
        }
        return new MethodArn(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    @Override
    public String toString() {
        return api + "/" + stage + "/" + method;
    }
}

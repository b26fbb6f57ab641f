package dev.latchkey.local.machine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The AWS account and region that the tool pretends to be, and the names of things in it. */
public final class LocalAccount {
    /** The region. */
    public static final String REGION = "us-east-1";
    /** The account id. */
    public static final String ACCOUNT = "123456789012";

    /** The access key id that requests are signed with here, which is no secret. */
    public static final String ACCESS_KEY = "local";
    /** The secret access key to it. */
    public static final String SECRET_KEY = "local";

    /** The ARN of the one who signs requests with it. */
    public static final String CALLER = "arn:aws:iam::" + ACCOUNT + ":user/local";

    /** Values of the pseudo parameters (CloudFormation, Pseudo parameters reference). */
    public static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::Region",
            REGION,
            "AWS::AccountId",
            ACCOUNT,
            "AWS::Partition",
            "aws",
            "AWS::StackName",
            "latchkey",
            "AWS::StackId",
            "arn:aws:cloudformation:" + REGION + ":" + ACCOUNT + ":stack/latchkey/local",
            "AWS::URLSuffix",
            "amazonaws.com");

    private static final String FUNCTION_ARN = "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:";

    private static final Pattern FUNCTION_NAME = Pattern.compile(
            "(?:arn:[a-z-]+:lambda:[a-z0-9-]+:)?(?:\\d{12}:)?(?:function:)?([A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9$_-]+)?");

    private LocalAccount() {}

    /** ARN of the function of that name. */
    public static String functionArn(String name) {
        return FUNCTION_ARN + name;
    }

    /**
     * The bare name in a function name, a partial or a full ARN, each with or without a version or alias (Lambda API,
     * Invoke, parameter FunctionName); empty when it is none of them.
     */
    public static Optional<String> functionName(String nameOrArn) {
        Matcher matcher = FUNCTION_NAME.matcher(nameOrArn);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** ARN of a method call, as authorizers get it (API Gateway, Input to a Lambda authorizer). */
    public static String methodArn(String apiId, String stage, String verb, String path) {
        return "arn:aws:execute-api:" + REGION + ":" + ACCOUNT + ":" + apiId + "/" + stage + "/" + verb + path;
    }
}

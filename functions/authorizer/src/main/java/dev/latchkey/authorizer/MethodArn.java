package dev.latchkey.authorizer;

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

    private static final int LOWER = 1;
    private static final int UPPER = 2;
    private static final int DIGIT = 4;
    private static final int ANY = LOWER | UPPER | DIGIT;

    /**
     * Reads an ARN.
     *
     * @throws UnknownEventException if it is not one of a method
     */
    static MethodArn parse(String arn) {
        String[] parts = arn.split(":", 6);
        String[] behind = parts[parts.length - 1].split("/", 3);
        boolean isMethod = parts.length == 6
                && behind.length == 3
                && parts[0].equals("arn")
                && parts[1].startsWith("aws")
                && consistsOf(LOWER, "-", parts[1], 23)
                && parts[2].equals("execute-api")
                && consistsOf(LOWER | DIGIT, "-", parts[3], 30)
                && consistsOf(DIGIT, "", parts[4], 12)
                && parts[4].length() == 12
                && consistsOf(ANY, "", behind[0], 64)
                && consistsOf(ANY, "_$*-", behind[1], 128);
        if (!isMethod) {
            throw new UnknownEventException("methodArn is not the ARN of an API's method. Expected"
                    + " arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{verb}/{path}");
        }
        return new MethodArn(arn.substring(0, arn.indexOf('/')), behind[1], behind[2]);
    }

    /** Whether a text is not empty, not too long, and made of these kinds of ASCII characters and of others by name. */
    private static boolean consistsOf(int kinds, String others, String text, int longest) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((kind(c) & kinds) == 0 && others.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= longest;
    }

    private static int kind(char c) {
        if (c >= 'a' && c <= 'z') {
            return LOWER;
        }
        if (c >= 'A' && c <= 'Z') {
            return UPPER;
        }
        return c >= '0' && c <= '9' ? DIGIT : 0;
    }

    @Override
    public String toString() {
        return api + "/" + stage + "/" + method;
    }
}

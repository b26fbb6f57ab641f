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

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String ALPHANUMERIC = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + DIGITS;

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
                && consistsOf(LOWER + "-", parts[1], 23)
                && parts[2].equals("execute-api")
                && consistsOf(LOWER + DIGITS + "-", parts[3], 30)
                && consistsOf(DIGITS, parts[4], 12)
                && parts[4].length() == 12
                && consistsOf(ALPHANUMERIC, behind[0], 64)
                && consistsOf(ALPHANUMERIC + "_$*-", behind[1], 128);
        if (!isMethod) {
            throw new UnknownEventException("methodArn is not the ARN of an API's method. Expected"
                    + " arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{verb}/{path}");
        }
        return new MethodArn(arn.substring(0, arn.indexOf('/')), behind[1], behind[2]);
    }

    private static boolean consistsOf(String characters, String text, int longest) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= longest;
    }

    @Override
    public String toString() {
        return api + "/" + stage + "/" + method;
    }
}

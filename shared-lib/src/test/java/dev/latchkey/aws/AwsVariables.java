package dev.latchkey.aws;

import java.util.Map;

/** The variables by which the AWS SDK finds its service, as system properties. */
final class AwsVariables {

    private static final Map<String, String> FIXED = Map.of(
            "aws.region", "us-east-1",
            "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
            "aws.secretAccessKey", "wJalrXUtnFEMIexampleKEY");

    private AwsVariables() {}

    /** Sends new clients to this endpoint. */
    static void set(String endpoint) {
        FIXED.forEach(System::setProperty);
        System.setProperty("aws.endpointUrl", endpoint);
    }

    static void clear() {
        FIXED.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
    }
}

package dev.latchkey.cli;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why a function was not called, and what to do about it. */
final class NotCalled {

    private static final String ON_THIS_MACHINE =
            "scripts/local prints the address behind \"Lambda's Invoke API is at\"";

    /** What an API of API Gateway answers, and Lambda does not. */
    private static final String OF_AN_API = "MissingAuthenticationTokenException";

    private static final Set<String> OF_CREDENTIALS = Set.of(
            "ExpiredTokenException",
            "InvalidSignatureException",
            "UnrecognizedClientException",
            "IncompleteSignatureException");

    private NotCalled() {}

    /**
     * The failure in words.
     *
     * @param function what was to be called
     * @param endpoint where; null for AWS
     */
    static FailedCallException because(SdkException failure, String function, @Nullable URI endpoint) {
        String why = failure instanceof AwsServiceException answer
                ? ofAnswer(answer, endpoint)
                : ofConnection(failure, endpoint);
        return new FailedCallException(function + " was not called: " + why);
    }

    private static String ofAnswer(AwsServiceException answer, @Nullable URI endpoint) {
        String code = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
        String message = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorMessage());
        if (endpoint != null && (code.isEmpty() || code.equals("null") || code.equals(OF_AN_API))) {
            return "what answers at " + endpoint + " is not Lambda. " + ON_THIS_MACHINE;
        }
        if (code.equals("ResourceNotFoundException")) {
            return message
                    + (endpoint == null
                            ? ". The stack's outputs tell the functions' names, and the region must be the stack's"
                            : ". scripts/local knows functions by the template's names, which need not be given");
        }
        if (OF_CREDENTIALS.contains(code)) {
            return "AWS does not take these credentials: " + message + ". Log in again, or set AWS_PROFILE";
        }
        return message + " (" + code + ")";
    }

    private static String ofConnection(SdkException failure, @Nullable URI endpoint) {
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Unable to load region")) {
            return "no region is known. Set AWS_REGION, or name the function by its ARN";
        }
        if (message.startsWith("Unable to load credentials")) {
            return "no AWS credentials were found. Log in, or set AWS_PROFILE; with scripts/local, give --endpoint";
        }
        if (hasCause(failure, UnknownHostException.class)) {
            return endpoint == null
                    ? "Lambda's host is not known. Is the region right, and this machine online?"
                    : "the host of " + endpoint + " is not known. " + ON_THIS_MACHINE;
        }
        if (hasCause(failure, ConnectException.class)
                || hasCause(failure, NoRouteToHostException.class)
                || hasCause(failure, SocketTimeoutException.class)) {
            return endpoint == null
                    ? "Lambda did not answer. Is this machine online, and is a proxy needed?"
                    : "nothing answers at " + endpoint + ". Is scripts/local running? It prints the address behind"
                            + " \"Lambda's Invoke API is at\"";
        }
        return message;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}

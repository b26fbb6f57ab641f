package dev.latchkey.cli.deployment;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What came of reading a part of a deployment. */
sealed interface Reading<T> {

    /** The HTTP status of what is not there. */
    int GONE = 404;

    /** That of what one may not read. */
    int FORBIDDEN = 403;

    /** It is there. */
    record Found<T>(T value) implements Reading<T> {}

    /** There is none. */
    record Missing<T>(String message) implements Reading<T> {}

    /** Whoever asks may not read it, or it could not be asked for: that tells nothing of the deployment. */
    record Unreadable<T>(String why) implements Reading<T> {}

    /**
     * Reads.
     *
     * @param permission the IAM action that it needs
     */
    static <T> Reading<T> of(String permission, Supplier<T> call) {
        try {
            return new Found<>(call.get());
        } catch (AwsServiceException e) {
            AwsErrorDetails details = e.awsErrorDetails();
            String code =
                    details == null || details.errorCode() == null ? "status " + e.statusCode() : details.errorCode();
            String message =
                    details == null || details.errorMessage() == null ? "there is none" : details.errorMessage();
            if (e.statusCode() == GONE
                    || code.contains("NotFound")
                    || (code.equals("ValidationError") && message.contains("does not exist"))) {
                return new Missing<>(message);
            }
            boolean isForbidden = code.startsWith("AccessDenied")
                    || code.startsWith("Unauthorized")
                    || code.equals("status " + FORBIDDEN);
            return new Unreadable<>(
                    isForbidden
                            ? "cannot be read: AccessDenied, needs " + permission
                            : "cannot be read: " + code + ", " + message);
        } catch (SdkException e) {
            return new Unreadable<>("cannot be read: " + e.getMessage());
        }
    }

    /** What is there; empty where it is not, or cannot be told. */
    default Optional<T> found() {
        return this instanceof Found<T> found ? Optional.of(found.value()) : Optional.empty();
    }
}

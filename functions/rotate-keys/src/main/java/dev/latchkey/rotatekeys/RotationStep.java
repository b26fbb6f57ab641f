package dev.latchkey.rotatekeys;

import java.util.Locale;
import java.util.Optional;

/**
 * A step of a rotation (AWS Secrets Manager user guide, "Rotation by Lambda function").
 */
enum RotationStep {
    /** Makes the ring one place on, as a version that is pending. */
    CREATE_SECRET,
    /** Would tell a database; nobody needs telling of a signing key. */
    SET_SECRET,
    /** Signs and verifies with the pending ring. */
    TEST_SECRET,
    /** Makes the pending version the current one. */
    FINISH_SECRET;

    /** The step of that name, in either of the spellings of AWS: {@code createSecret} or {@code create_secret}. */
    static Optional<RotationStep> named(String name) {
        for (RotationStep step : values()) {
            String snake = step.name().toLowerCase(Locale.ROOT);
            if (name.equals(snake) || name.equals(snake.replace("_s", "S"))) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }
}

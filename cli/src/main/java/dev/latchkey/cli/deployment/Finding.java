package dev.latchkey.cli.deployment;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;

/**
 * What one check of {@code scripts/doctor} found.
 *
 * @param check what was looked at
 * @param outcome whether it is as it should be
 * @param found what is so
 * @param expected what should be so
 * @param remedy what to do about it; empty where nothing is to be done
 */
public record Finding(String check, Outcome outcome, String found, String expected, String remedy) {

    /** How a check ended. */
    public enum Outcome {
        /** It is as it should be. */
        OK,
        /** It is not. */
        FAILED,
        /** It could not be looked at, or there is nothing to look at. */
        SKIPPED
    }

    /** It is as it should be. */
    public static Finding ok(String check, String found) {
        return new Finding(check, Outcome.OK, found, found, "");
    }

    /** It is not. */
    public static Finding failed(String check, String found, String expected, String remedy) {
        return new Finding(check, Outcome.FAILED, found, expected, remedy);
    }

    /** It was not looked at, for this reason. */
    public static Finding skipped(String check, String why) {
        return new Finding(check, Outcome.SKIPPED, why, "", "");
    }

    /** As a member of {@code --json}. */
    public JsonObject json() {
        return new JsonObjectBuilder()
                .put("check", check)
                .put("outcome", outcome.name())
                .put("found", found)
                .put("expected", expected)
                .put("remedy", remedy)
                .build();
    }
}

package dev.latchkey.cli;

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
record Finding(String check, Outcome outcome, String found, String expected, String remedy) {

    /** How a check ended. */
    enum Outcome {
        /** It is as it should be. */
        OK,
        /** It is not. */
        FAILED,
        /** It could not be looked at, or there is nothing to look at. */
        SKIPPED
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Outcome.OK, found, found, "");
    }

    static Finding failed(String check, String found, String expected, String remedy) {
        return new Finding(check, Outcome.FAILED, found, expected, remedy);
    }

    static Finding skipped(String check, String why) {
        return new Finding(check, Outcome.SKIPPED, why, "", "");
    }

    JsonObject json() {
        return new JsonObjectBuilder()
                .put("check", check)
                .put("outcome", outcome.name())
                .put("found", found)
                .put("expected", expected)
                .put("remedy", remedy)
                .build();
    }
}

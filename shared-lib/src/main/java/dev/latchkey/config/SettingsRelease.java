package dev.latchkey.config;

import java.util.Map;

/**
 * Whose settings a function's variables are. AWS changes the code and the variables of a function one after the other (AWS
 * Lambda API reference, UpdateFunctionCode and UpdateFunctionConfiguration), so that for some seconds of an update one
 * release's code runs with another's variables, some of which it does not know.
 */
public final class SettingsRelease {

    /** The variable by which template.yaml tells whose its variables are. */
    public static final String VARIABLE = "LATCHKEY_SETTINGS";

    /** What it holds where they are of this release: a digest of the names of all settings, to which a test holds it. */
    public static final String THIS = "793e298b";

    private SettingsRelease() {}

    /** Whether the variables are said to be another release's. */
    static boolean isAnother(Map<String, String> environment) {
        String release = environment.getOrDefault(VARIABLE, "");
        return !release.isBlank() && !release.equals(THIS);
    }
}

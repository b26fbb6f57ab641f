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
    public static final String THIS = "5b4f50e8";

    private SettingsRelease() {}

    /** Whether the variables are said to be another release's. A value that is no such digest says nothing. */
    static boolean isAnother(Map<String, String> environment) {
        String release = environment.getOrDefault(VARIABLE, "");
        return !release.equals(THIS) && release.length() == THIS.length() && isHexadecimal(release);
    }

    private static boolean isHexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}

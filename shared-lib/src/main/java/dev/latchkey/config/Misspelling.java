package dev.latchkey.config;

import java.util.Optional;

/** A name that looks like a setting's and is none's. */
final class Misspelling {

    private static final int MOST_EDITS = 2;

    private Misspelling() {}

    /** The setting that was meant: the nearest by characters to add, to leave out or to change, at most two of them. */
    static Optional<Setting> meant(String variable) {
        String plain = Setting.plain(variable);
        Setting nearest = null;
        int least = MOST_EDITS + 1;
        for (Setting setting : Settings.all()) {
            int edits = edits(plain, setting.plain());
            if (edits < least) {
                least = edits;
                nearest = setting;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The Levenshtein distance. */
    static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[other.length()];
    }
}

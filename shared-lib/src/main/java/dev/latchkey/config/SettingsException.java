package dev.latchkey.config;

import java.util.List;

/**
 * The settings do not work. The message lists every problem, a line each, with the variable's name and the remedy, and
 * never a secret.
 */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Lists the problems, of which there must be one at least. */
    public SettingsException(List<String> problems) {
        super((problems.size() == 1 ? "1 problem" : problems.size() + " problems") + " in the settings:\n- "
                + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, one text each. */
    public List<String> problems() {
        return problems;
    }
}

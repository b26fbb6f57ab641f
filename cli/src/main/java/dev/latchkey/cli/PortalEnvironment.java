package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a portal's {@code .env}, as npm's dotenv 16 reads it: the last line of a name counts, quotes are taken
 * away, and in double quotes {@code \n} is a line break. {@code toString()} shows names only.
 */
record PortalEnvironment(Map<String, String> variables) {

    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*(?:export[ \\t]+)?([\\w.-]+)(?:[ \\t]*=[ \\t]*?|:[ \\t]+?)"
                    + "([ \\t]*'[^'\\\\]*(?:\\\\[\\s\\S][^'\\\\]*)*+'"
                    + "|[ \\t]*\"[^\"\\\\]*(?:\\\\[\\s\\S][^\"\\\\]*)*+\""
                    + "|[ \\t]*`[^`\\\\]*(?:\\\\[\\s\\S][^`\\\\]*)*+`"
                    + "|[^#\\r\\n]+)?"
                    + "[ \\t]*(?:#.*)?$");

    static PortalEnvironment read(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher line = LINE.matcher(text.replace("\r\n", "\n"));
        while (line.find()) {
            variables.put(
                    line.group(1),
                    value(line.group(2) == null ? "" : line.group(2).strip()));
        }
        return new PortalEnvironment(variables);
    }

    private static String value(String raw) {
        boolean isQuoted =
                raw.length() > 1 && "'\"`".indexOf(raw.charAt(0)) >= 0 && raw.charAt(raw.length() - 1) == raw.charAt(0);
        String value = isQuoted ? raw.substring(1, raw.length() - 1) : raw;
        return isQuoted && raw.charAt(0) == '"' ? value.replace("\\n", "\n").replace("\\r", "\r") : value;
    }

    /** A variable without the white space around it, by its name or, where that is unset or blank, without {@code PLUGIN_}. */
    Optional<String> get(String name) {
        String prefixed = variables.getOrDefault(name, "").strip();
        String value = prefixed.isEmpty()
                ? variables.getOrDefault(name.replace("PLUGIN_", ""), "").strip()
                : prefixed;
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    @Override
    public String toString() {
        return "variables " + variables.keySet();
    }
}

package dev.latchkey.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of docs/attacks.md held against the display names of all tests in Java, and the names of those of the portal's
 * package in JavaScript.
 *
 * @param rows what the table says, by row id, in its order
 * @param tests the display names that name a row, as {@code Class: name}, by row id
 */
record AttackCatalogue(Map<String, Row> rows, Map<String, Set<String>> tests) {

    private static final String NOT_OURS = "not ours: ";
    private static final String NOT_YET = "not yet: ";
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,/]+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|$");
    private static final Pattern DISPLAY_NAME =
            Pattern.compile("@DisplayName\\(\\s*\"(([A-Z]\\d+)(?:\\s*[,/]\\s*[A-Z]\\d+)*): ((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern SCRIPT_NAME = Pattern.compile(
            "\\b(?:it|onPage)\\(\\s*(?:\"|')(([A-Z]\\d+)(?:\\s*[,/]\\s*[A-Z]\\d+)*): ([^\\n]*?)(?:\"|'),");

    /** A line of the table. */
    record Row(String attack, String where) {

        boolean isTested() {
            return !where.startsWith(NOT_OURS) && !where.startsWith(NOT_YET);
        }
    }

    /** Reads the table and the test sources of every module under a folder. */
    static AttackCatalogue read(String table, Path sources) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            if (rows.put(row.group(1), new Row(row.group(2), row.group(4).strip())) != null) {
                throw new IllegalArgumentException("the row " + row.group(1) + " is there twice");
            }
        }
        Map<String, Set<String>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.forEach(file -> {
                String path = file.toString();
                if (path.matches(".*/src/test/java/.*\\.java")) {
                    collect(file, DISPLAY_NAME, tests);
                } else if (path.matches(".*/portal-plugin/test/([a-z]+/)?[a-z]+\\.test\\.js")) {
                    collect(file, SCRIPT_NAME, tests);
                }
            });
        }
        return new AttackCatalogue(rows, tests);
    }

    private static void collect(Path file, Pattern names, Map<String, Set<String>> tests) {
        String className = String.valueOf(file.getFileName()).replace(".java", "");
        Matcher name = names.matcher(text(file));
        while (name.find()) {
            String test = className + ": " + name.group(3);
            SEPARATOR
                    .splitAsStream(name.group(1))
                    .forEach(id ->
                            tests.computeIfAbsent(id, unused -> new TreeSet<>()).add(test));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong: empty when each row is tested, or is marked, with a reason, as one that no test names. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        rows.forEach((id, row) -> {
            Set<String> named = tests.getOrDefault(id, Set.of());
            if (row.isTested()) {
                if (named.isEmpty()) {
                    problems.add(id + " (" + row.attack() + ") has no test");
                }
                SEPARATOR
                        .splitAsStream(row.where())
                        .filter(type -> named.stream().noneMatch(test -> test.startsWith(type + ": ")))
                        .forEach(type -> problems.add(id + ": " + type + " has no test of that row"));
            } else if (!named.isEmpty()) {
                problems.add(id + " is marked \"" + row.where() + "\" and has tests: " + named);
            } else if (row.where().length() < NOT_OURS.length() + 10) {
                problems.add(id + " is marked \"" + row.where() + "\" without a reason");
            }
        });
        tests.forEach((id, named) -> {
            if (!rows.containsKey(id)) {
                problems.add(id + " is not in the catalogue and has tests: " + named);
            }
        });
        return problems;
    }

    /** One line of figures. */
    String summary() {
        return "attack catalogue: " + rows.size() + " rows, " + count("") + " tested by "
                + tests.values().stream().flatMap(Set::stream).distinct().count() + " tests, " + count(NOT_YET)
                + " not yet, " + count(NOT_OURS) + " not ours to test";
    }

    private long count(String mark) {
        return rows.values().stream()
                .filter(row -> mark.isEmpty() ? row.isTested() : row.where().startsWith(mark))
                .count();
    }

    /** Rows and tests in Markdown, the figures in the last line. */
    String report() {
        String lines = rows.entrySet().stream()
                .map(entry -> "- **" + entry.getKey() + "** " + entry.getValue().attack() + "\n"
                        + (entry.getValue().isTested()
                                ? tests.getOrDefault(entry.getKey(), Set.of("NO TEST")).stream()
                                        .map(test -> "  - " + test + "\n")
                                        .collect(Collectors.joining())
                                : "  - *" + entry.getValue().where() + "*\n"))
                .collect(Collectors.joining());
        return "# Attacks and their tests\n\n" + lines + "\n" + summary() + "\n";
    }
}

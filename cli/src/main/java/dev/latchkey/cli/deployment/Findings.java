package dev.latchkey.cli.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings of checks, in their order. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        all.add(finding);
    }

    /** Whether something is as it should be. */
    void expect(boolean isSo, String check, String found, String expected, String remedy) {
        add(isSo ? Finding.ok(check, found) : Finding.failed(check, found, expected, remedy));
    }

    /**
     * What was read; where it was not, that is a finding.
     *
     * @param remedy what to do where there is none
     */
    <T> Optional<T> read(String check, Reading<T> reading, String remedy) {
        if (reading instanceof Reading.Missing<T> missing) {
            add(Finding.failed(check, missing.message(), "it is there", remedy));
        } else if (reading instanceof Reading.Unreadable<T> unreadable) {
            add(Finding.skipped(check, unreadable.why()));
        }
        return reading.found();
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}

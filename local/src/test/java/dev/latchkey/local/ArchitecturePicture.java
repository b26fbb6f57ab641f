package dev.latchkey.local;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packages and who knows whom, as drawn or as used.
 *
 * @param arrows the packages that a package knows, by package
 */
record ArchitecturePicture(Map<String, Set<String>> arrows) {

    private static final Pattern NODE = Pattern.compile("(?m)^ *([a-z-]+)\\[\"([a-z.]+)\"\\]$");
    private static final Pattern ARROW = Pattern.compile("(?m)^ *([a-z-]+) --> ([a-z-]+(?: & [a-z-]+)*)$");

    /** The picture in a page: a flowchart in Mermaid's language. */
    static ArchitecturePicture drawn(String markdown) {
        Map<String, String> packages = new HashMap<>();
        Map<String, Set<String>> arrows = new TreeMap<>();
        Matcher node = NODE.matcher(markdown);
        while (node.find()) {
            packages.put(node.group(1), node.group(2));
            arrows.put(node.group(2), new TreeSet<>());
        }
        Matcher arrow = ARROW.matcher(markdown);
        while (arrow.find()) {
            Set<String> known = arrows.get(packages.get(arrow.group(1)));
            for (String name : arrow.group(2).split(" & ", -1)) {
                String target = packages.get(name);
                if (known == null || target == null || !known.add(target)) {
                    throw new IllegalArgumentException("drawn twice, or between unknown nodes: " + arrow.group());
                }
            }
        }
        return new ArchitecturePicture(arrows);
    }

    /** What the classes show. */
    static ArchitecturePicture used(JavaClasses classes) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass one : classes) {
            Set<String> known = arrows.computeIfAbsent(one.getPackageName(), unused -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(classes::contains)
                    .map(JavaClass::getPackageName)
                    .filter(target -> !target.equals(one.getPackageName()))
                    .forEach(known::add);
        }
        return new ArchitecturePicture(arrows);
    }

    /** The arrows of this that the other has not, one a line; packages without arrows as they are. */
    Collection<String> without(ArchitecturePicture other) {
        Set<String> missing = new TreeSet<>();
        arrows.forEach((from, known) -> {
            Set<String> there = other.arrows().get(from);
            if (there == null) {
                missing.add(from);
            }
            known.stream()
                    .filter(target -> there == null || !there.contains(target))
                    .forEach(target -> missing.add(from + " --> " + target));
        });
        return missing;
    }
}

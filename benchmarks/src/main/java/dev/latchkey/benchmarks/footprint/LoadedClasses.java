package dev.latchkey.benchmarks.footprint;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.Emulator;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.KeyServer;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.TimedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM loads of our authorizer's package, as it logs it, when keys come from a variable, with SnapStart and
 * without, from an address and from Secrets Manager.
 */
final class LoadedClasses {

    private static final Pattern LINE = Pattern.compile("(\\S+) source: (?:jar:)?file:\\S*/lib/([^/!\\s]+\\.jar)\\S*");

    private LoadedClasses() {}

    /** How many classes of each jar are loaded in at least one of the four cases. */
    static Map<String, Long> byJar(Workplace place, Fixtures fixtures) throws IOException, InterruptedException {
        byte[] event = Fixtures.event(fixtures.tokens("RS256").get(0));
        Path folder = place.work("size");
        Functions functions = new Functions(place, folder, event);
        Path log = folder.resolve("classes.log");
        Set<String> loaded = new HashSet<>();
        Map<String, String> inVariable = Map.of("JWT_VERIFY_KEY", fixtures.verifyKey("RS256"));
        loaded.addAll(load(functions.authorizer("static", inVariable), event, log));
        loaded.addAll(load(functions.authorizer("snapshot", TimedProcess.withSnapStart(inVariable)), event, log));
        try (KeyServer keys = KeyServer.of(fixtures.jwkSet())) {
            loaded.addAll(load(functions.authorizer("remote", Map.of("JWKS_URI", keys.uri())), event, log));
        }
        try (Emulator aws = Emulator.with(fixtures.privateKey("RS256"), place)) {
            loaded.addAll(load(functions.authorizer("secret", aws.settings()), event, log));
        }
        Map<String, Long> counts = new TreeMap<>();
        loaded.forEach(one -> counts.merge(one.substring(one.indexOf(' ') + 1), 1L, Long::sum));
        return counts;
    }

    /** Class and jar, with a space between. */
    private static Set<String> load(RunnableFunction function, byte[] event, Path log) throws IOException {
        RunnableFunction logging = function.withFlag("-Xlog:class+load:file=" + log + ":none:filecount=0");
        try (TimedProcess process = logging.start()) {
            logging.call(process, event);
        }
        Set<String> loaded = new HashSet<>();
        for (String line : Files.readAllLines(log)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                loaded.add(parts.group(1) + " " + parts.group(2));
            }
        }
        return loaded;
    }
}

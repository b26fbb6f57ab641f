package dev.latchkey.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.stack.StackListener;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Prints one line per request, and below them what the functions log: warnings and errors always, the rest when
 * verbose. The runtime's error record of an {@code Unauthorized} counts as the rest: the request's line tells it. Anything that looks like a JWT is printed as {@code [redacted]}.
 */
final class Console implements StackListener {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]*)?");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private static final Set<String> ALARMING = Set.of("WARN", "ERROR", "FATAL");
    private static final Pattern TEXT_LEVEL = Pattern.compile("^\\[([A-Z]+)\\].*");

    private final Consumer<String> out;
    private final boolean verbose;

    Console(Consumer<String> out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    @Override
    public void request(RequestRecord record) {
        String access = record.access() == RequestRecord.Access.OPEN
                ? "-"
                : record.access().name().toLowerCase(Locale.ROOT) + (record.cached() ? " (cached)" : "");
        print(String.format(
                Locale.ROOT,
                "%s  %-4s %s  %d  %s  %s%d ms",
                TIME.format(record.time()),
                record.method(),
                record.path(),
                record.status(),
                access,
                record.detail().isEmpty() ? "" : record.detail() + "  ",
                record.took().toMillis()));
    }

    @Override
    public void line(String function, Stream stream, String line) {
        if (!line.isBlank() && (verbose || isAlarming(line))) {
            print("    " + function + ": " + line.replace("\t", "  "));
        }
    }

    void print(String line) {
        String safe = JWT.matcher(line).replaceAll("[redacted]");
        out.accept(CONTROL.matcher(safe).replaceAll("?"));
    }

    private static boolean isAlarming(String line) {
        Optional<JsonNode> json = line.startsWith("{") ? JsonTree.parse(line) : Optional.empty();
        String level = json.map(node -> node.path("level").asText("")).orElse("");
        if (json.isPresent() && json.get().path("message").asText("").startsWith("Unauthorized: ")) {
            return false;
        }
        return ALARMING.contains(
                json.isPresent() ? level : TEXT_LEVEL.matcher(line).replaceFirst("$1"));
    }
}

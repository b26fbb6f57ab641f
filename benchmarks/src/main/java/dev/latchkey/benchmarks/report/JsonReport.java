package dev.latchkey.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import java.time.LocalDate;
import java.util.Locale;

/** The results for programs: every single value, the targets and the machine. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /** As text that ends with a line break. */
    public static String of(Results results, Machine machine, LocalDate date) {
        ObjectNode root = JSON.createObjectNode();
        root.put("date", date.toString());
        root.set("machine", JSON.valueToTree(machine));
        ArrayNode measurements = root.putArray("measurements");
        results.measurements().forEach(one -> add(measurements, one));
        ArrayNode targets = root.putArray("targets");
        Targets.ALL.forEach(target -> add(targets, target, results));
        results.notes().forEach(root.withArray("notes")::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void add(ArrayNode array, Measurement one) {
        ObjectNode node = array.addObject()
                .put("group", one.group())
                .put("id", one.id())
                .put("label", one.label())
                .put("unit", one.unit())
                .put("median", one.samples().median())
                .put("low", one.samples().low())
                .put("high", one.samples().high());
        one.samples().values().forEach(node.putArray("values")::add);
    }

    private static void add(ArrayNode array, Target target, Results results) {
        ObjectNode node = array.addObject()
                .put("what", target.what())
                .put("ours", target.ours())
                .put("peer", target.peer())
                .put("limit", target.limit());
        target.value(results).ifPresent(value -> node.put("value", value));
        node.put("outcome", target.outcome(results).name().toLowerCase(Locale.ROOT));
    }
}

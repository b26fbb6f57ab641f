package dev.latchkey.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import dev.latchkey.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * The measurements that a file holds; none where it was written on another machine.
     *
     * @throws IOException if the file is there and is none of these
     */
    public static List<Measurement> read(Path file, Machine machine) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode root = JSON.readTree(file.toFile());
        if (!root.path("machine").equals(JSON.valueToTree(machine))) {
            return List.of();
        }
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode one : root.path("measurements")) {
            List<Double> values = new ArrayList<>();
            one.path("values").forEach(value -> values.add(value.doubleValue()));
            measurements.add(new Measurement(
                    one.path("group").asText(),
                    one.path("id").asText(),
                    one.path("label").asText(),
                    one.path("unit").asText(),
                    new Samples(values)));
        }
        return measurements;
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

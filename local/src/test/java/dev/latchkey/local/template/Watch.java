package dev.latchkey.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a stack's metrics and logs the template's alarms, dashboard and saved queries look at. */
record Watch(JsonNode template) {

    /**
     * A metric that is looked at.
     *
     * @param where the logical id of the alarm, or the title of the dashboard's widget
     * @param dimensions its dimensions; what refers to a resource or parameter is named by its logical id
     */
    record Metric(String where, String namespace, String name, Map<String, String> dimensions) {}

    /**
     * A saved query, or one of the dashboard.
     *
     * @param logGroups the logical ids of the log groups that it searches
     */
    record Query(String where, List<String> logGroups, String text) {}

    /** The alarms, by logical id. */
    Map<String, JsonNode> alarms() {
        return resources("AWS::CloudWatch::Alarm");
    }

    /** The metrics of the alarms. */
    List<Metric> alarmed() {
        List<Metric> metrics = new ArrayList<>();
        alarms().forEach((id, alarm) -> {
            if (alarm.has("MetricName")) {
                metrics.add(metric(id, alarm));
            }
            alarm.path("Metrics").forEach(query -> {
                if (query.has("MetricStat")) {
                    metrics.add(metric(id, query.path("MetricStat").path("Metric")));
                }
            });
        });
        return metrics;
    }

    /** The metrics of the dashboard, but those that are searched for. */
    List<Metric> shown() {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode widget : widgets()) {
            for (JsonNode entry : widget.path("properties").path("metrics")) {
                List<String> texts = new ArrayList<>();
                entry.forEach(part -> {
                    if (part.isTextual()) {
                        texts.add(part.asText());
                    }
                });
                if (!texts.isEmpty()) {
                    Map<String, String> dimensions = new LinkedHashMap<>();
                    for (int i = 2; i < texts.size(); i += 2) {
                        dimensions.put(texts.get(i), texts.get(i + 1));
                    }
                    metrics.add(new Metric(
                            widget.path("properties").path("title").asText(), texts.get(0), texts.get(1), dimensions));
                }
            }
        }
        return metrics;
    }

    /** The dashboard's searches for metrics. */
    List<String> searches() {
        List<String> searches = new ArrayList<>();
        widgets()
                .forEach(widget -> widget.path("properties").path("metrics").forEach(entry -> {
                    if (entry.path(0).has("expression")) {
                        searches.add(entry.path(0).path("expression").asText());
                    }
                }));
        return searches;
    }

    /** The saved queries and the dashboard's. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        resources("AWS::Logs::QueryDefinition").forEach((id, query) -> {
            List<String> groups = new ArrayList<>();
            query.path("LogGroupNames").forEach(group -> groups.add(named(group)));
            queries.add(new Query(id, groups, query.path("QueryString").asText()));
        });
        for (JsonNode widget : widgets()) {
            if (widget.path("type").asText().equals("log")) {
                String[] parts =
                        widget.path("properties").path("query").asText().split(" \\| ", 2);
                String group = parts[0].replaceFirst("SOURCE '(.*)'", "$1");
                queries.add(new Query(widget.path("properties").path("title").asText(), List.of(group), parts[1]));
            }
        }
        return queries;
    }

    private List<JsonNode> widgets() {
        StringBuilder body = new StringBuilder();
        resources("AWS::CloudWatch::Dashboard")
                .values()
                .forEach(dashboard -> body.append(
                        dashboard.path("DashboardBody").path("Fn::Sub").asText()));
        String plain = body.toString().replace("${!", "${").replaceAll("\\$\\{([A-Za-z.:]+)}", "$1");
        try {
            List<JsonNode> widgets = new ArrayList<>();
            new ObjectMapper().readTree(plain).path("widgets").forEach(widgets::add);
            return widgets;
        } catch (JsonProcessingException e) {
            throw new AssertionError("the dashboard is not JSON", e);
        }
    }

    private static Metric metric(String where, JsonNode node) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        node.path("Dimensions")
                .forEach(dimension -> dimensions.put(dimension.path("Name").asText(), named(dimension.path("Value"))));
        return new Metric(
                where, node.path("Namespace").asText(), node.path("MetricName").asText(), dimensions);
    }

    private static String named(JsonNode value) {
        if (value.has("Fn::GetAtt")) {
            List<String> path = new ArrayList<>();
            value.path("Fn::GetAtt").forEach(part -> path.add(part.asText()));
            return path.isEmpty() ? value.path("Fn::GetAtt").asText() : String.join(".", path);
        }
        return value.has("Ref") ? value.path("Ref").asText() : value.asText();
    }

    private Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        template.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return found;
    }
}

package dev.latchkey.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mapping template of a REST API does for pages of some origins: it sets headers by {@code
 * $context.responseOverride} (API Gateway, Override your API's request and response parameters), and their texts may be
 * the request's origin. Of the Velocity language just the lines are supported that template.yaml has for it.
 *
 * @param origins the allowed origins, or {@code *} alone
 * @param headers headers for those, by name; an empty text stands for the origin
 */
public record OriginHeaders(List<String> origins, Map<String, String> headers) {
    /** What {@code origins} holds where every page may call. */
    public static final String ANY = "*";

    private static final String SET = "#set\\(\\$context\\.responseOverride\\.header\\.";
    private static final Pattern LINES = Pattern.compile("^\\s*"
            + "#set\\(\\$origin = \\$input\\.params\\(\\)\\.header\\.get\\(\"Origin\"\\)\\)\\s*"
            + "#if\\(!\\$origin\\)\\s*#set\\(\\$origin = \\$input\\.params\\(\\)\\.header\\.get\\(\"origin\"\\)\\)\\s*#end\\s*"
            + "#if\\(\"(?<origins>[^\"$]+)\" == \"\\*\"\\)\\s*#set\\(\\$origin = \"\\*\"\\)\\s*#end\\s*"
            + SET + "Vary = \"Origin\"\\)\\s*"
            + "#if\\(\\$origin && !\\$origin\\.contains\\(\",\"\\) && \",\\k<origins>,\"\\.contains\\(\",\\$origin,\"\\)\\)"
            + "(?<headers>(\\s*" + SET + "[A-Za-z-]+ = (\\$origin|\"[^\"$]*\")\\))+)\\s*#end\\s*");
    private static final Pattern HEADER =
            Pattern.compile(SET + "(?<name>[A-Za-z-]+) = (\\$origin|\"(?<text>[^\"$]*)\")\\)");

    /** Copies the collections. */
    public OriginHeaders {
        origins = List.copyOf(origins);
        headers = Map.copyOf(headers);
    }

    /** A mapping template's beginning, where it is this, and what comes behind. */
    record Read(Optional<OriginHeaders> headers, String rest) {}

    static Read read(String template) {
        Matcher lines = LINES.matcher(template);
        if (!lines.find()) {
            return new Read(Optional.empty(), template);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Matcher header = HEADER.matcher(lines.group("headers"));
        while (header.find()) {
            String text = header.group("text");
            headers.put(header.group("name"), text == null ? "" : text);
        }
        List<String> origins = List.of(lines.group("origins").split(",", -1));
        return new Read(Optional.of(new OriginHeaders(origins, headers)), template.substring(lines.end()));
    }

    /** The headers of an answer to a request of that origin; empty where it told none. */
    public Map<String, String> of(Optional<String> requestOrigin) {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("Vary", "Origin");
        Optional<String> allowed =
                origins.equals(List.of(ANY)) ? Optional.of(ANY) : requestOrigin.filter(origins::contains);
        allowed.ifPresent(origin -> headers.forEach((name, text) -> set.put(name, text.isEmpty() ? origin : text)));
        return set;
    }
}

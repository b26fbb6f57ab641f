package dev.latchkey.local.template;

import dev.latchkey.local.machine.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping template of a mock integration, in the small part of the Velocity language that is supported:
 * {@code $context.authorizer.name}, {@code $context.requestId}, {@code $context.stage} and
 * {@code $util.escapeJavaScript(...)} around one of them, to which {@code .replaceAll("\\'","'")} may be added, as AWS
 * advises for JSON (API Gateway, Mapping template and access logging variable
 * reference). In front of it there may be what lets pages of some origins read the answer.
 *
 * @param parts the text, cut at the references
 * @param origins which pages may read the answer; empty for none
 */
public record ResponseTemplate(List<Part> parts, Optional<OriginHeaders> origins) {
    private static final String REFERENCE = "\\$context\\.(authorizer\\.[A-Za-z_][A-Za-z0-9_-]*|requestId|stage)";
    private static final String FOR_JSON = Pattern.quote(".replaceAll(\"\\\\'\",\"'\")");
    private static final Pattern SUPPORTED = Pattern.compile("\\$util\\.escapeJavaScript\\(\\s*" + REFERENCE
            + "\\s*\\)(" + FOR_JSON + ")?|" + REFERENCE + "(?![A-Za-z0-9_.(\\[-])");
    private static final Pattern UNSUPPORTED = Pattern.compile("\\$|#(?:[#*\\[{]|[a-z]+)");

    /** Copies the parts. */
    public ResponseTemplate {
        parts = List.copyOf(parts);
    }

    /** A literal when {@code reference} is empty, else the text a reference stands for, escaped or not. */
    public record Part(String literal, String reference, Escape escape) {}

    /** How a value is put into the text around it. */
    public enum Escape {
        /** As it is. */
        NONE,
        /** As inside a JavaScript string. */
        JAVASCRIPT,
        /** As inside a JSON string. */
        JSON
    }

    /**
     * The template in a text.
     *
     * @param template the text
     * @param place where the text stands, for errors
     * @throws SetupException when the text has a reference or a directive that is not supported
     */
    public static ResponseTemplate parse(String template, String place) {
        OriginHeaders.Read read = OriginHeaders.read(template);
        String text = read.rest();
        List<Part> parts = new ArrayList<>();
        Matcher matcher = SUPPORTED.matcher(text);
        int end = 0;
        while (matcher.find()) {
            parts.add(literal(text.substring(end, matcher.start()), place));
            parts.add(reference(matcher));
            end = matcher.end();
        }
        parts.add(literal(text.substring(end), place));
        return new ResponseTemplate(parts, read.headers());
    }

    private static Part reference(Matcher matcher) {
        if (matcher.group(1) == null) {
            return new Part("", matcher.group(3), Escape.NONE);
        }
        return new Part("", matcher.group(1), matcher.group(2) == null ? Escape.JAVASCRIPT : Escape.JSON);
    }

    /** The text with the context's values put in; a value that is not there is the empty text. */
    public String render(Map<String, String> context) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            String value = context.getOrDefault(part.reference(), "");
            out.append(part.literal()).append(escape(part.escape(), value));
        }
        return out.toString();
    }

    private static String escape(Escape escape, String value) {
        return switch (escape) {
            case NONE -> value;
            case JAVASCRIPT -> escapeJavaScript(value);
            case JSON -> escapeJavaScript(value).replace("\\'", "'");
        };
    }

    private static Part literal(String text, String place) {
        Matcher matcher = UNSUPPORTED.matcher(text);
        if (matcher.find()) {
            String near = text.substring(matcher.start(), Math.min(text.length(), matcher.start() + 40));
            throw new SetupException(
                    place + ": \"" + near + "\" is not supported locally; supported are"
                            + " $context.authorizer.name, $context.requestId, $context.stage and $util.escapeJavaScript(one of them)");
        }
        return new Part(text, "", Escape.NONE);
    }

    /**
     * The text as inside a JavaScript string. As on AWS a single quote becomes {@code \'}, which JavaScript takes and
     * JSON does not.
     */
    private static String escapeJavaScript(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                case '\'', '"', '\\', '/' -> out.append('\\').append(c);
                default -> {
                    if (c < ' ' || c > '~') {
                        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}

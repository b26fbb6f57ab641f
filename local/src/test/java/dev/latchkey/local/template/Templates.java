package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Templates for tests. */
public final class Templates {
    private Templates() {}

    /** What a text describes, as if it were the file {@code /project/template.yaml}. */
    public static Template template(String yaml, Map<String, String> parameters) {
        return Template.parse(yaml, "template.yaml", Path.of("/project"), parameters);
    }

    /** A template's text as it stands in a file, as a tree. */
    public static JsonNode tree(Path file) throws IOException {
        return Yaml.parse(Files.readString(file), file.toString());
    }
}

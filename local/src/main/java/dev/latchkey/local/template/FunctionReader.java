package dev.latchkey.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a function from its resource (AWS SAM, AWS::Serverless::Function). */
final class FunctionReader {
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int MAX_TIMEOUT_SECONDS = 900;
    private static final int DEFAULT_MEMORY_MB = 128;
    private static final int MAX_MEMORY_MB = 10_240;

    private FunctionReader() {}

    /** The function's name in the template. */
    static String logicalId(Section properties) {
        return properties.place().split("\\.", -1)[1];
    }

    /** Layers that lie on this machine; those of AWS cannot be had. */
    private static List<Path> layers(Section layers, Path folder) {
        List<Path> zips = new ArrayList<>();
        for (Section layer : layers.items()) {
            Path zip = folder.resolve(layer.text()).normalize();
            if (!Files.isRegularFile(zip)) {
                throw layers.error("is not supported locally but as the path of a layer's zip in the place of its ARN");
            }
            zips.add(zip);
        }
        return zips;
    }

    private static void event(Section event) {
        Section type = event.get("Type");
        if (type.text().equals("Api")) {
            throw type.error("describe routes in the DefinitionBody of the AWS::Serverless::Api instead");
        }
        if (!type.text().equals("HttpApi") && !type.text().equals("SQS")) {
            throw type.error(type.text() + " is not supported locally; only HttpApi and SQS are");
        }
    }

    static FunctionDefinition read(Section properties, Path folder) {
        properties.refuse("is not supported locally", "ImageUri", "InlineCode", "FileSystemConfigs");
        properties.get("Events").members().values().forEach(FunctionReader::event);
        String runtime = properties.get("Runtime").text("java");
        if (!runtime.matches("java.*|provided.*")) {
            throw properties
                    .get("Runtime")
                    .error(runtime + " is not supported locally; only Java and provided runtimes are");
        }
        String logicalId = logicalId(properties);
        Section code = properties.get("CodeUri");
        if (!code.isPresent() || !code.node().isValueNode()) {
            throw code.error("must be the path of a built zip");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        properties
                .get("Environment")
                .get("Variables")
                .members()
                .forEach((name, value) -> environment.put(name, value.text()));
        if (properties.get("SnapStart").get("ApplyOn").text("None").equals("PublishedVersions")) {
            environment.put(FunctionDefinition.INITIALIZATION, FunctionDefinition.SNAP_START);
        }
        Section logging = properties.get("LoggingConfig");
        boolean json = logging.get("LogFormat").text("Text").equals("JSON");
        return new FunctionDefinition(
                logicalId,
                runtime,
                folder.resolve(code.text()).normalize(),
                layers(properties.get("Layers"), folder),
                properties.get("Handler").text(),
                environment,
                Duration.ofSeconds(properties.get("Timeout").integer(DEFAULT_TIMEOUT_SECONDS, 1, MAX_TIMEOUT_SECONDS)),
                properties.get("MemorySize").integer(DEFAULT_MEMORY_MB, DEFAULT_MEMORY_MB, MAX_MEMORY_MB),
                json ? "JSON" : "Text",
                json ? logging.get("ApplicationLogLevel").text("INFO").toUpperCase(Locale.ROOT) : "");
    }
}

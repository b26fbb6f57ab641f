package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a SAM template describes, as far as it runs here: its functions, its REST APIs and its HTTP APIs. Tables, log groups,
 * permissions and the like are left to AWS.
 *
 * @param functions the functions, in the order of the template
 * @param apis the REST APIs, in the order of the template
 * @param httpApis the HTTP APIs, in the order of the template
 * @param queues the logical ids of functions by the name of the SQS queue whose messages they take
 */
public record Template(
        List<FunctionDefinition> functions, List<RestApi> apis, List<HttpApi> httpApis, Map<String, String> queues) {
    private static final Set<String> UNSUPPORTED =
            Set.of("AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi", "AWS::Lambda::Function");

    /** Copies the lists. */
    public Template {
        functions = List.copyOf(functions);
        apis = List.copyOf(apis);
        httpApis = List.copyOf(httpApis);
        queues = Map.copyOf(queues);
    }

    /**
     * Reads a template. Code paths in it are relative to its folder, as in SAM; the zips need not exist yet.
     *
     * @param file the template, in YAML or JSON
     * @param parameters values of template parameters; others keep their defaults
     * @throws SetupException when the file cannot be read, a parameter value is not allowed or breaks a rule, or something in it is not
     *     supported; the message names the place
     */
    public static Template read(Path file, Map<String, String> parameters) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw new SetupException("Cannot read the template " + file + ": " + unreadable, unreadable);
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return parse(text, file.toString(), folder == null ? Path.of("/") : folder, parameters);
    }

    static Template parse(String text, String name, Path folder, Map<String, String> parameters) {
        JsonNode root = Yaml.parse(text, name);
        if (!root.path("Resources").isObject()) {
            throw new SetupException(name + ": the section Resources is missing");
        }
        Intrinsics intrinsics = new Intrinsics(
                Parameters.resolve(root.path("Parameters"), parameters),
                root.path("Conditions"),
                root.path("Resources"));
        Rules.check(root.path("Rules"), intrinsics.conditions());
        return new Template(
                functions(root, intrinsics, folder),
                apis(root, intrinsics),
                httpApis(root, intrinsics),
                queues(root, intrinsics));
    }

    private static Map<String, String> queues(JsonNode root, Intrinsics intrinsics) {
        Map<String, String> queues = new LinkedHashMap<>();
        resources(root, intrinsics).forEach(resource -> {
            if (type(resource).equals("AWS::Serverless::Function")) {
                Section function = resource.get("Properties");
                function.get("Events").members().values().forEach(event -> {
                    if (event.get("Type").text().equals("SQS")) {
                        String arn = event.get("Properties").get("Queue").text();
                        queues.put(arn.substring(arn.lastIndexOf(':') + 1), FunctionReader.logicalId(function));
                    }
                });
            }
        });
        return queues;
    }

    private static List<FunctionDefinition> functions(JsonNode root, Intrinsics intrinsics, Path folder) {
        JsonNode globals = root.path("Globals").path("Function");
        List<FunctionDefinition> functions = new ArrayList<>();
        resources(root, intrinsics).forEach(resource -> {
            if (type(resource).equals("AWS::Serverless::Function")) {
                functions.add(FunctionReader.read(withGlobals(globals, resource), folder));
            }
        });
        return functions;
    }

    private static List<RestApi> apis(JsonNode root, Intrinsics intrinsics) {
        JsonNode globals = root.path("Globals").path("Api");
        List<RestApi> apis = new ArrayList<>();
        resources(root, intrinsics).forEach(resource -> {
            if (UNSUPPORTED.contains(type(resource))) {
                throw resource.get("Type")
                        .error(type(resource) + " is not supported locally; supported are AWS::Serverless::Function,"
                                + " AWS::Serverless::Api and AWS::Serverless::HttpApi");
            }
            if (type(resource).equals("AWS::Serverless::Api")) {
                apis.add(new RestApiReader(resource, withGlobals(globals, resource)).read());
            }
        });
        return apis;
    }

    private static List<HttpApi> httpApis(JsonNode root, Intrinsics intrinsics) {
        JsonNode globals = root.path("Globals");
        Map<String, Section> functions = new LinkedHashMap<>();
        List<HttpApi> apis = new ArrayList<>();
        resources(root, intrinsics).forEach(resource -> {
            if (type(resource).equals("AWS::Serverless::Function")) {
                Section function = withGlobals(globals.path("Function"), resource);
                functions.put(FunctionReader.logicalId(function), function);
            }
        });
        Set<String> names = new HashSet<>();
        resources(root, intrinsics).forEach(resource -> {
            if (type(resource).equals("AWS::Serverless::HttpApi")) {
                HttpApi api =
                        new HttpApiReader(resource, withGlobals(globals.path("HttpApi"), resource)).read(functions);
                names.add(api.logicalId());
                apis.add(api);
            }
        });
        functions
                .values()
                .forEach(function -> function.get("Events").members().values().forEach(event -> {
                    if (!event.get("Type").text().equals("HttpApi")) {
                        return;
                    }
                    Section api = event.get("Properties").get("ApiId");
                    if (!names.contains(api.text())) {
                        throw api.error(api.text() + " is no resource of type AWS::Serverless::HttpApi");
                    }
                }));
        return apis;
    }

    /** The resources whose condition holds. */
    private static List<Section> resources(JsonNode root, Intrinsics intrinsics) {
        return new Section(root.path("Resources"), "Resources", intrinsics)
                .members().values().stream()
                        .filter(resource -> !resource.get("Condition").isPresent()
                                || intrinsics
                                        .conditions()
                                        .holds(resource.get("Condition").text(), resource.place()))
                        .toList();
    }

    private static String type(Section resource) {
        return resource.get("Type").text();
    }

    private static Section withGlobals(JsonNode globals, Section resource) {
        Section own = resource.get("Properties");
        return new Section(Globals.merge(globals, own.node()), own.place(), own.intrinsics());
    }
}

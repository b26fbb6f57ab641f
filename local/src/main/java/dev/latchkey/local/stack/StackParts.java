package dev.latchkey.local.stack;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.HttpApi.Guard;
import dev.latchkey.local.template.RestApi;
import dev.latchkey.local.template.Template;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The APIs of a template that can run here.
 *
 * @param api its REST API
 * @param httpApi its HTTP API that a Lambda authorizer guards
 * @param openApi its HTTP API that is open to everybody
 * @param jwtApi its HTTP API that API Gateway itself guards
 */
record StackParts(RestApi api, Optional<HttpApi> httpApi, Optional<HttpApi> openApi, Optional<HttpApi> jwtApi) {

    /**
     * Those of a template that can start with these options.
     *
     * @throws SetupException when it cannot; the message tells why
     */
    static StackParts of(Template template, StackOptions options) {
        StackParts parts = new StackParts(
                onlyApi(template),
                onlyHttpApi(template, Guard.LAMBDA, "with a Lambda authorizer"),
                onlyHttpApi(template, Guard.NONE, "without an authorizer"),
                onlyHttpApi(template, Guard.API_GATEWAY, "with a JWT authorizer"));
        check(template, options);
        return parts;
    }

    private static RestApi onlyApi(Template template) {
        if (template.apis().size() != 1) {
            throw new SetupException("The template has " + template.apis().size()
                    + " resources of type AWS::Serverless::Api; exactly one can run here");
        }
        return template.apis().get(0);
    }

    private static Optional<HttpApi> onlyHttpApi(Template template, Guard guard, String words) {
        List<HttpApi> apis =
                template.httpApis().stream().filter(api -> api.guard() == guard).toList();
        if (apis.size() > 1) {
            throw new SetupException("The template has " + apis.size() + " resources of type AWS::Serverless::HttpApi "
                    + words + "; at most one can run here");
        }
        return apis.stream().findFirst();
    }

    private static void check(Template template, StackOptions options) {
        TreeSet<String> names = new TreeSet<>();
        for (FunctionDefinition function : template.functions()) {
            names.add(function.logicalId());
            if (!Files.isRegularFile(function.code())) {
                throw new SetupException("Resources." + function.logicalId() + ".Properties.CodeUri: " + function.code()
                        + " is not there; build it with scripts/build"
                        + (function.hasOwnRuntime() ? " --own-runtime" : ""));
            }
        }
        for (String name : options.environment().keySet()) {
            if (!names.contains(name) && !name.equals(StackOptions.ALL_FUNCTIONS)) {
                throw new SetupException("Variables are given for " + name
                        + ", which is no function of the template. Functions: " + String.join(", ", names));
            }
        }
        options.jvm().check();
    }
}

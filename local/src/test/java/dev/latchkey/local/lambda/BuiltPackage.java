package dev.latchkey.local.lambda;

import dev.latchkey.local.template.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A deployment package as it is uploaded, to be started under AWS's runtime interface client. */
enum BuiltPackage {
    AUTHORIZER("AuthorizerFunction", "authorizer", "dev.latchkey.authorizer.AuthorizerHandler"),
    ISSUE_KEY("IssueKeyFunction", "issue-key", "dev.latchkey.issuekey.IssueKeyHandler"),
    PUBLISH("PublishFunction", "publish", "dev.latchkey.publish.PublishHandler"),
    ROTATE_KEYS("RotateKeysFunction", "rotate-keys", "dev.latchkey.rotatekeys.RotateKeysHandler"),
    ORDERS("OrdersFunction", "orders", "dev.latchkey.orders.OrdersHandler");

    private final String logicalId;
    private final String module;
    private final String handler;

    BuiltPackage(String logicalId, String module, String handler) {
        this.logicalId = logicalId;
        this.module = module;
        this.handler = handler;
    }

    Path zip() {
        return Path.of("../functions", module, "target", module + ".zip");
    }

    /** The function, which starts with its first invocation. */
    FunctionProcess process(Map<String, String> environment, List<String> flags, LogListener listener) {
        FunctionDefinition function = new FunctionDefinition(
                logicalId, "java25", zip(), handler, environment, Duration.ofSeconds(10), 512, "JSON", "DEBUG");
        return new FunctionProcess(function, Map.of(), JvmSettings.defaults().withFlags(flags), listener);
    }
}

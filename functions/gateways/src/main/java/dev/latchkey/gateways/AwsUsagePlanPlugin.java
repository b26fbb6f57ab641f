package dev.latchkey.gateways;

import dev.latchkey.aws.UsagePlanKeys;
import dev.latchkey.config.Settings;
import dev.latchkey.provisioning.PluginContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** API keys of Amazon API Gateway in a usage plan, for APIs that take {@code x-api-key}. A customer is its own user. */
public final class AwsUsagePlanPlugin implements GatewayPlugin {

    private static final Pattern PLAN = Pattern.compile("[a-z0-9]{1,64}");

    private @Nullable Connection connection;

    @Override
    public String slug() {
        return "aws-usage-plan";
    }

    @Override
    public void configure(PluginContext context) {
        GatewaySettings settings = new GatewaySettings(context);
        settings.required(Settings.USAGE_PLAN_ID, "Set it to the id of the usage plan that keys are put into");
        String plan = settings.text(Settings.USAGE_PLAN_ID, PLAN, "needs the id of a usage plan, such as a1b2c3");
        connection = settings.connect(() -> new UsagePlanGateway(plan, new UsagePlanKeys(plan)));
    }

    @Override
    public Connection connection() {
        return GatewayPlugin.configured(connection);
    }
}

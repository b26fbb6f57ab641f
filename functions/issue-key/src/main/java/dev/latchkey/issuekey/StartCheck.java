package dev.latchkey.issuekey;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.latchkey.aws.DynamoDbIdempotencyRecords;
import dev.latchkey.aws.DynamoDbKeyTable;
import dev.latchkey.aws.SqsCacheFlushes;
import dev.latchkey.config.SecretSources;
import dev.latchkey.moesif.CustomerReporter;
import dev.latchkey.provisioning.PluginLoader;
import java.time.Clock;
import java.util.Map;

/** Tries whether the function would start, for whoever looks at a deployment from outside. */
public final class StartCheck {

    private StartCheck() {}

    /**
     * Wires the function from settings, with the plugins of the class path. Nothing of AWS is
     * asked, and Moesif neither; of a secret that a setting names the form alone is looked at.
     *
     * @param environment the settings, as environment variables
     * @param secrets where a secret is read that the settings name
     * @param logger gets the log records
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public static void run(Map<String, String> environment, SecretSources secrets, LambdaLogger logger) {
        IssueKeyHandler.Services services = new IssueKeyHandler.Services(
                secrets,
                DynamoDbIdempotencyRecords::new,
                DynamoDbKeyTable::new,
                SqsCacheFlushes::new,
                settings -> CustomerReporter.none());
        new IssueKeyHandler(environment, services, PluginLoader.ofClassPath(), Clock.systemUTC(), logger);
    }
}

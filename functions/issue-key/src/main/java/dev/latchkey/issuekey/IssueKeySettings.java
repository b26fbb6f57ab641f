package dev.latchkey.issuekey;

import dev.latchkey.config.MetricSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.moesif.MoesifSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of the function itself; those of keys are the plugin's.
 *
 * @param moesif how Moesif is told; empty where it is not
 * @param metrics what metrics are counted by
 * @param callers whose word counts for who a caller is
 * @param flushQueue the address of the queue that has API Gateway forget answers; empty where nothing does
 * @param authorizerTtl for how long API Gateway keeps answers of the authorizer
 */
record IssueKeySettings(
        Optional<MoesifSettings> moesif,
        MetricSettings metrics,
        CallerRule callers,
        Optional<String> flushQueue,
        Duration authorizerTtl) {

    private static final Pattern QUEUE = Pattern.compile("https?://[^\\s?#]{1,512}");

    static IssueKeySettings read(SettingsReader reader) {
        Optional<String> queue = reader.text(Settings.FLUSH_QUEUE);
        if (queue.isPresent() && !QUEUE.matcher(queue.get()).matches()) {
            reader.problem(Settings.FLUSH_QUEUE, "is not the URL of an SQS queue");
        }
        return new IssueKeySettings(
                MoesifSettings.read(reader),
                MetricSettings.read(reader),
                reader.isUsual(Settings.CALLERS) ? CallerRule.IAM : CallerRule.AUTHORIZER,
                queue,
                Duration.ofSeconds(reader.number(Settings.AUTHORIZER_TTL)));
    }
}

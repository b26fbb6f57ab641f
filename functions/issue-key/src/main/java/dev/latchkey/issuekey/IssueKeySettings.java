package dev.latchkey.issuekey;

import dev.latchkey.config.SettingsReader;
import dev.latchkey.moesif.MoesifSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of the function itself; those of keys are the plugin's.
 *
 * @param moesif how Moesif is told; empty where it is not
 * @param metrics whether failures are counted
 * @param callers whose word counts for who a caller is
 * @param flushQueue the address of the queue that has API Gateway forget answers; empty where nothing does
 * @param authorizerTtl for how long API Gateway keeps answers of the authorizer
 */
record IssueKeySettings(
        Optional<MoesifSettings> moesif,
        boolean metrics,
        CallerRule callers,
        Optional<String> flushQueue,
        Duration authorizerTtl) {

    private static final int LONGEST_TTL = 3600;
    private static final Pattern QUEUE = Pattern.compile("https?://[^\\s?#]{1,512}");
    private static final String FLUSH_QUEUE = "PLUGIN_JWT_FLUSH_QUEUE_URL";

    static IssueKeySettings read(SettingsReader reader) {
        Optional<String> queue = reader.text(FLUSH_QUEUE);
        if (queue.isPresent() && !QUEUE.matcher(queue.get()).matches()) {
            reader.problem(FLUSH_QUEUE, "is not the URL of an SQS queue");
        }
        return new IssueKeySettings(
                MoesifSettings.read(reader),
                reader.isFirst("METRICS", "on", "off"),
                reader.isFirst("ISSUE_KEY_CALLERS", "iam", "authorizer") ? CallerRule.IAM : CallerRule.AUTHORIZER,
                queue,
                Duration.ofSeconds(reader.number("PLUGIN_JWT_AUTHORIZER_TTL", LONGEST_TTL, 0, LONGEST_TTL)));
    }
}

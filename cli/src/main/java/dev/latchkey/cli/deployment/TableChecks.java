package dev.latchkey.cli.deployment;

import dev.latchkey.config.Settings;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Checks the table of keys: that it is there to stay, has the keys that items are read by, and forgets what has ended. */
final class TableChecks {

    private static final String SCHEMA = "pk HASH S, sk RANGE S";
    private static final String TTL = "ttl";

    private final Account account;
    private final Findings findings;

    TableChecks(Account account, Findings findings) {
        this.account = account;
        this.findings = findings;
    }

    void of(DeployedFunction issueKey) {
        Optional<String> name = issueKey.setting(Settings.KEYS_TABLE);
        if (name.isEmpty()) {
            findings.add(Finding.skipped("the table", "issue-key keeps no records of keys"));
            return;
        }
        Optional<TableDescription> table = findings.read(
                "the table",
                account.table(name.get()),
                "restore it from a backup, or set PLUGIN_JWT_KEYS_TABLE to the one that there is");
        if (table.isPresent()) {
            itself(name.get(), table.get());
            timeToLive(name.get());
            backups(name.get());
        }
    }

    private void itself(String name, TableDescription table) {
        String status = table.tableStatusAsString();
        findings.expect(
                status.equals("ACTIVE") || status.equals("UPDATING"),
                "the table",
                table.tableArn() + ", " + status,
                "ACTIVE",
                "wait until it is; its status tells what is done to it");
        String schema = table.keySchema().stream()
                .map(key -> key.attributeName() + " " + key.keyTypeAsString() + " " + type(table, key.attributeName()))
                .collect(Collectors.joining(", "));
        findings.expect(
                schema.equals(SCHEMA),
                "the table: key schema",
                schema,
                SCHEMA,
                "a table's schema cannot be changed: make one as template.yaml has it, and set PLUGIN_JWT_KEYS_TABLE");
        boolean isProtected = Boolean.TRUE.equals(table.deletionProtectionEnabled());
        findings.expect(
                isProtected,
                "the table: deletion protection",
                isProtected ? "on" : "off",
                "on",
                "aws dynamodb update-table --table-name " + name + " --deletion-protection-enabled");
    }

    private static String type(TableDescription table, String attribute) {
        return table.attributeDefinitions().stream()
                .filter(one -> one.attributeName().equals(attribute))
                .map(AttributeDefinition::attributeTypeAsString)
                .findFirst()
                .orElse("");
    }

    private void timeToLive(String name) {
        Optional<TimeToLiveDescription> described =
                findings.read("the table: time to live", account.timeToLive(name), "");
        described.ifPresent(ttl -> {
            boolean isOn = ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                    || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
            findings.expect(
                    isOn && TTL.equals(ttl.attributeName()),
                    "the table: time to live",
                    isOn ? "by " + ttl.attributeName() : "off",
                    "by ttl",
                    "without it records of ended keys are kept, and paid for, for ever: aws dynamodb update-time-to-live"
                            + " --table-name " + name
                            + " --time-to-live-specification Enabled=true,AttributeName=ttl"
                            + (isOn ? ", after the other one was turned off" : ""));
        });
    }

    private void backups(String name) {
        findings.read("the table: point-in-time recovery", account.pointInTimeRecovery(name), "")
                .ifPresent(isOn -> findings.expect(
                        isOn,
                        "the table: point-in-time recovery",
                        isOn ? "on" : "off",
                        "on",
                        "aws dynamodb update-continuous-backups --table-name " + name
                                + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"));
    }
}

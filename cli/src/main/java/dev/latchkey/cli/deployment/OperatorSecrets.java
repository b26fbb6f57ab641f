package dev.latchkey.cli.deployment;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.SecretsExtension;
import dev.latchkey.keys.KeysUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets as the operator may read them, each once; what they hold goes to the readers of keys alone. */
final class OperatorSecrets implements SecretSources {

    private final Account account;
    private final Map<String, Reading<String>> read = new LinkedHashMap<>();

    OperatorSecrets(Account account) {
        this.account = account;
    }

    @Override
    public SecretSource open(@Nullable SecretsExtension extension) {
        return this::value;
    }

    private String value(String id) {
        Reading<String> reading = read.computeIfAbsent(id, account::secretValue);
        if (reading instanceof Reading.Found<String> found) {
            return found.value();
        }
        throw new KeysUnavailableException(
                reading instanceof Reading.Unreadable<String> unreadable
                        ? unreadable.why()
                        : ((Reading.Missing<String>) reading).message(),
                null);
    }

    /** What came of reading the secrets that were asked for, by their names or ARNs. */
    Map<String, Reading<String>> read() {
        return read;
    }
}

package dev.latchkey.config;

import dev.latchkey.jwt.KeyFetchListener;
import dev.latchkey.jwt.KeyRing;
import dev.latchkey.jwt.KeySource;
import dev.latchkey.jwt.RefreshPolicy;
import dev.latchkey.jwt.RefreshingKeySource;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How secrets are read and read again.
 *
 * @param sources opens the place where they are kept; called only when a setting names a secret
 * @param clock tells when they are too old
 * @param listener is told of every reading
 */
public record Secrets(Supplier<SecretSource> sources, Clock clock, KeyFetchListener listener) {

    /** Keys made from a secret, which is read when they are first needed, and again as the policy says. */
    <K> KeySource<K> keys(String secretId, RefreshPolicy policy, Function<KeyRing, K> reading) {
        SecretSource source = sources.get();
        return new RefreshingKeySource<>(
                () -> reading.apply(KeyRing.read(source.read(secretId))), policy, clock, listener);
    }
}

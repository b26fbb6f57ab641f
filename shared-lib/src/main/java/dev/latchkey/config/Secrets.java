package dev.latchkey.config;

import dev.latchkey.keys.Changes;
import dev.latchkey.keys.KeyFetchListener;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RefreshingKeySource;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How secrets are read and read again.
 *
 * @param sources the places where they are kept; opened only when a setting names a secret
 * @param clock tells when they are too old
 * @param listener is told of every reading
 */
public record Secrets(SecretSources sources, Clock clock, KeyFetchListener listener) {

    /** Keys made from a secret, which is read when they are first needed, and again as the policy says. */
    <K> KeySource<K> keys(
            @Nullable SecretsExtension extension, String secretId, RefreshPolicy policy, Function<KeyRing, K> reading) {
        Supplier<KeyRing> rings = rings(extension, secretId);
        return keys(() -> reading.apply(rings.get()), policy);
    }

    /** Keys that are read when they are first needed, and again as the policy says. */
    <K> KeySource<K> keys(Supplier<K> reading, RefreshPolicy policy) {
        return new RefreshingKeySource<>(reading, policy, clock, listener);
    }

    /**
     * The text of a secret that is no key of ours, such as another system's password; read when it is first needed, and again
     * within a minute of its change.
     *
     * @param secretId as {@link SettingsReader#secretId} gives it
     */
    public KeySource<String> text(String secretId) {
        SecretSource source = sources.open(null);
        SecretPlace place = SecretPlace.parse(secretId);
        return keys(() -> place.in(source.read(place.id())).strip(), RefreshPolicy.FOR_SIGNING);
    }

    /** Reads the ring in a secret, each time anew. */
    Supplier<KeyRing> rings(@Nullable SecretsExtension extension, String secretId) {
        SecretSource source = sources.open(extension);
        SecretPlace place = SecretPlace.parse(secretId);
        return Changes.told(() -> KeyRing.read(place.in(source.read(place.id()))), KeyRing::weakKeys, listener::weak);
    }
}

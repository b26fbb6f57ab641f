package dev.latchkey.keys;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells of what comes with fetched keys, once for each change of it. */
public final class Changes {

    private Changes() {}

    /**
     * The same fetch, which tells.
     *
     * @param of what there is to tell of; nothing at first
     * @param told is told when it is something else than the last time
     */
    public static <T> Supplier<T> told(Supplier<T> fetch, Function<T, List<String>> of, Consumer<List<String>> told) {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        return () -> {
            T fetched = fetch.get();
            List<String> now = of.apply(fetched);
            if (!now.equals(last.getAndSet(now))) {
                told.accept(now);
            }
            return fetched;
        };
    }
}

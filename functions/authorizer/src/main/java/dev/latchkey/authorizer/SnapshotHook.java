package dev.latchkey.authorizer;

import dev.latchkey.jwt.KeySet;
import dev.latchkey.jwt.KeySource;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Warms up before Lambda takes its snapshot of the function (Lambda developer guide, Runtime hooks for Lambda SnapStart),
 * and then forgets the keys that were fetched, since a snapshot may be used for days: the first call after a restore
 * fetches the ones of that moment.
 */
final class SnapshotHook implements Resource {

    private final List<KeySource<KeySet>> keys;

    private SnapshotHook(List<KeySource<KeySet>> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The hook, in place for as long as it is referred to: Lambda itself does not hold it. */
    static SnapshotHook register(List<KeySource<KeySet>> keys) {
        SnapshotHook hook = new SnapshotHook(keys);
        Core.getGlobalContext().register(hook);
        return hook;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        WarmUp.run(keys);
        keys.forEach(KeySource::forget);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing was kept that ages.
    }
}

package dev.latchkey.authorizer;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Warms up before Lambda takes its snapshot of the function (Lambda developer guide, Runtime hooks for Lambda SnapStart),
 * and then drops the keys that were fetched, since a snapshot may be used for days: the first call after a restore
 * fetches the ones of that moment.
 */
final class SnapshotHook implements Resource {

    private final WarmUp warmUp;

    private SnapshotHook(WarmUp warmUp) {
        this.warmUp = warmUp;
    }

    /** The hook, in place for as long as it is referred to: Lambda itself does not hold it. */
    static SnapshotHook register(WarmUp warmUp) {
        SnapshotHook hook = new SnapshotHook(warmUp);
        Core.getGlobalContext().register(hook);
        return hook;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        warmUp.run();
        warmUp.forget();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // The next call fetches the keys.
    }
}

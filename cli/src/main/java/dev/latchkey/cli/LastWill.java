package dev.latchkey.cli;

/** What is done still when the program is ended in the middle, as by Ctrl-C. */
final class LastWill {

    private final Thread thread;

    LastWill(Runnable action) {
        this.thread = new Thread(action, "latchkey-last-will");
        Runtime.getRuntime().addShutdownHook(thread);
    }

    void isNotNeeded() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            // It is being done.
        }
    }
}

package dev.latchkey.moesif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Several messages to the collector and what became of them, within a time that nothing can stretch.
 *
 * <p>They are sent on another thread. When the time is over their connections are closed, which ends the threads that wait
 * for them, and 100 ms are waited for that. Only a thread that still loads classes, or asks a name server, goes on until it
 * is done with that.
 */
final class Report {

    private static final Duration ENDING = Duration.ofMillis(100);

    private final List<Message> messages;
    private final Duration sending;
    private final String late;
    private final CountDownLatch missing;
    private final Map<String, Optional<String>> outcomes = new ConcurrentHashMap<>();
    private final List<Runnable> closings = new ArrayList<>();
    private boolean over;

    Report(List<Message> messages, Duration sending) {
        this.messages = List.copyOf(messages);
        this.sending = sending;
        this.late = "no answer within " + sending.toMillis() + " ms";
        this.missing = new CountDownLatch(messages.size());
    }

    List<Message> messages() {
        return messages;
    }

    /**
     * Has the messages sent, and gives what went wrong, a text for each one that did not arrive.
     *
     * @param sender sends them, and tells each connection and outcome to the report that it is given
     */
    List<String> send(Consumer<Report> sender) {
        thread(() -> run(sender)).start();
        try {
            if (!missing.await(sending.toMillis(), TimeUnit.MILLISECONDS)) {
                end();
                boolean unused = missing.await(ENDING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        return messages.stream().flatMap(message -> failure(message).stream()).toList();
    }

    /** A thread that does not keep the process. */
    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-moesif");
        thread.setDaemon(true);
        return thread;
    }

    private void run(Consumer<Report> sender) {
        try {
            sender.accept(this);
        } catch (RuntimeException | LinkageError e) {
            messages.forEach(message -> failed(message, e.toString()));
        }
    }

    private Optional<String> failure(Message message) {
        return outcomes.getOrDefault(message.name(), Optional.of(late)).map(failure -> message.name() + ": " + failure);
    }

    /** A message arrived. */
    void arrived(Message message) {
        outcome(message, Optional.empty());
    }

    /** A message did not arrive. */
    void failed(Message message, String why) {
        outcome(message, Optional.of(isOver() ? late : why));
    }

    private void outcome(Message message, Optional<String> failure) {
        if (outcomes.putIfAbsent(message.name(), failure) == null) {
            missing.countDown();
        }
    }

    /** A connection is about to be opened; when the time is over, this closes it. */
    synchronized void opening(Runnable closing) {
        closings.add(closing);
        if (over) {
            closing.run();
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void end() {
        over = true;
        closings.forEach(Runnable::run);
    }
}

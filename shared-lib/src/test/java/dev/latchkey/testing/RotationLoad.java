package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Eight threads that try tokens at a verifier without pause, while its keys are rotated, and tell wrong answers.
 *
 * <p>Generation g of the keys consists of the keys g-1, g and g+1: the previous one, the active one and the next one. A
 * token must be accepted while every generation that the verifier may hold has its key, and refused while none has. A
 * forgery must be refused at any time, and no call may fail.
 */
public final class RotationLoad implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int CALLS_A_PHASE = 200;
    /** So many that a request that was under way when the next generation came has ended. */
    private static final int TRIES_AT_ONE_TIME = 10_000;

    private final Predicate<String> accepts;
    private final List<String> good = new ArrayList<>();
    private final List<String> forged = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Semaphore calls = new Semaphore(0);
    private final AtomicInteger mustAccept = new AtomicInteger();
    private final AtomicInteger mustRefuse = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile int published = 1;
    private volatile int inUse = 1;
    private volatile boolean ended;

    /**
     * Starts the threads; generation 1 must be there.
     *
     * @param rotations how many there will be
     * @param accepts tries a token
     * @param good makes the token of a key
     * @param forged makes a token that names a key and is signed by another
     */
    public RotationLoad(
            int rotations, Predicate<String> accepts, IntFunction<String> good, IntFunction<String> forged) {
        this.accepts = accepts;
        for (int key = 0; key < rotations + 4; key++) {
            this.good.add(good.apply(key));
            this.forged.add(forged.apply(key));
        }
        if (!accepts.test(this.good.get(1))) {
            throw new IllegalStateException("generation 1 of the keys is not there");
        }
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(new Thread(() -> tryTokens(new Random(seed)), "load-" + i));
        }
        threads.forEach(Thread::start);
    }

    /**
     * Goes on to the next generation, and returns when its new key is accepted.
     *
     * @param publish makes the origin give it
     * @param passTime lets so much time pass that the origin must be asked again; once, unless an older answer was under way
     */
    public void rotate(IntConsumer publish, Runnable passTime) throws InterruptedException {
        int next = published + 1;
        published = next;
        publish.accept(next);
        awaitCalls();
        passTime.run();
        for (int tries = 1; !accepts.test(good.get(next + 1)); tries++) {
            if (tries % TRIES_AT_ONE_TIME == 0) {
                passTime.run();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the key " + (next + 1) + " was never accepted");
            }
        }
        inUse = next;
        awaitCalls();
    }

    private void awaitCalls() throws InterruptedException {
        calls.drainPermits();
        calls.acquire(CALLS_A_PHASE);
    }

    private void tryTokens(Random random) {
        while (!ended) {
            int oldest = inUse;
            int key = Math.max(0, Math.min(good.size() - 1, oldest - 2 + random.nextInt(6)));
            boolean isForged = random.nextInt(4) == 0;
            try {
                boolean accepted = accepts.test((isForged ? forged : good).get(key));
                judge(accepted, isForged, key, oldest, published);
            } catch (RuntimeException e) {
                wrong.add("key " + key + " failed: " + e);
            }
            calls.release();
        }
    }

    private void judge(boolean accepted, boolean isForged, int key, int oldest, int newest) {
        boolean always = !isForged && key - 1 <= oldest && newest <= key + 1;
        boolean never = isForged || newest < key - 1 || key + 1 < oldest;
        if (always) {
            mustAccept.incrementAndGet();
        } else if (never) {
            mustRefuse.incrementAndGet();
        }
        if (accepted ? never : always) {
            wrong.add((isForged ? "a forgery of key " : "key ") + key + " was " + (accepted ? "accepted" : "refused")
                    + " under the generations " + oldest + " to " + newest);
        }
    }

    /** The wrong answers so far, in words. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How many tokens so far had to be accepted. */
    public int mustAccept() {
        return mustAccept.get();
    }

    /** How many tokens and forgeries so far had to be refused. */
    public int mustRefuse() {
        return mustRefuse.get();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

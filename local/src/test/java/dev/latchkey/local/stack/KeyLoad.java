package dev.latchkey.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Clients that call doors with random keys, without end, and remember what each key was answered last and first. */
final class KeyLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<URI> doors;
    private final List<String> keys;
    private final List<Thread> clients;
    private final Map<String, Long> lastAllowed = new ConcurrentHashMap<>();
    private final Map<String, Long> firstRefused = new ConcurrentHashMap<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final LongAdder calls = new LongAdder();
    private volatile boolean stopped;

    private KeyLoad(List<URI> doors, List<String> keys, int clients) {
        this.doors = doors;
        this.keys = keys;
        this.clients = IntStream.range(0, clients)
                .mapToObj(SplittableRandom::new)
                .map(random -> new Thread(() -> call(random), "client"))
                .toList();
    }

    /** Starts that many clients. */
    static KeyLoad start(List<URI> doors, List<String> keys, int clients) {
        KeyLoad load = new KeyLoad(doors, keys, clients);
        load.clients.forEach(Thread::start);
        return load;
    }

    private void call(SplittableRandom random) {
        while (!stopped) {
            ask(doors.get(random.nextInt(doors.size())), keys.get(random.nextInt(keys.size())));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The status with which a door answers a key. */
    int ask(URI door, String key) {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            remember(key, answer.statusCode(), System.nanoTime());
            return answer.statusCode();
        } catch (IOException e) {
            unexpected.add(door + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void remember(String key, int status, long now) {
        calls.increment();
        switch (status) {
            case 200 -> lastAllowed.merge(key, now, KeyLoad::later);
            case 403 -> firstRefused.merge(key, now, KeyLoad::earlier);
            default -> unexpected.add("status " + status);
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** How many calls were answered. */
    long calls() {
        return calls.sum();
    }

    /** What was neither let in nor refused with 403. */
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    /** By {@link System#nanoTime}, when a key was let in for the last time; there must have been one. */
    long lastAllowed(String key) {
        return lastAllowed.getOrDefault(key, 0L);
    }

    /** Whether a door refused a key before that moment of {@link System#nanoTime}. */
    boolean wasRefusedBefore(String key, long moment) {
        Long refused = firstRefused.get(key);
        return refused != null && refused - moment < 0;
    }

    /** Whether a door let a key in at any time. */
    boolean wasAllowed(String key) {
        return lastAllowed.containsKey(key);
    }

    /** Whether a door refused a key at any time. */
    boolean wasRefused(String key) {
        return firstRefused.containsKey(key);
    }

    /** Ends the clients, each after its call. */
    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

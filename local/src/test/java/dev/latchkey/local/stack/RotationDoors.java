package dev.latchkey.local.stack;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients that call doors with good, expired and spoilt keys, without end, and tell which answers were wrong. */
final class RotationDoors {

    /** API Gateway keeps answers for five minutes; the rest is for a machine that is busy. */
    private static final Duration AROUND_THE_END = Duration.ofMinutes(25);

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int KEPT_EXPIRED = 8;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<URI> doors;
    private final List<Key> keys = new CopyOnWriteArrayList<>();
    private final List<Thread> clients;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final LongAdder allowed = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder spoilt = new LongAdder();
    private final Set<String> allowedGenerations = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * A key.
     *
     * @param expiresAt when it does; the first second of all for one that never was good
     */
    record Key(String text, Instant expiresAt) {

        /** The key id of what signed it. */
        String kid() {
            try {
                return SignedJWT.parse(text).getHeader().getKeyID();
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Whether it must be let in or must not at that time; null where it may be either. */
        @Nullable
        Boolean isGood(Instant time) {
            if (time.isBefore(expiresAt.minus(AROUND_THE_END))) {
                return true;
            }
            return time.isAfter(expiresAt.plus(AROUND_THE_END)) ? false : null;
        }
    }

    RotationDoors(List<URI> doors, int clients) {
        this.doors = doors;
        this.clients = IntStream.range(0, clients)
                .mapToObj(SplittableRandom::new)
                .map(random -> new Thread(() -> call(random), "client"))
                .toList();
    }

    void start() {
        clients.forEach(Thread::start);
    }

    /** Has clients call with this key, too, and with fewer of those that expired long ago. */
    synchronized void add(Key key) {
        keys.add(key);
        List<Key> expired = keys.stream()
                .filter(one -> !one.expiresAt().equals(Instant.EPOCH))
                .filter(one -> Boolean.FALSE.equals(one.isGood(Instant.now())))
                .toList();
        if (expired.size() > KEPT_EXPIRED) {
            keys.removeAll(expired.subList(0, expired.size() - KEPT_EXPIRED));
        }
    }

    /** The keys that must be let in. */
    List<Key> good() {
        Instant now = Instant.now();
        return keys.stream().filter(key -> Boolean.TRUE.equals(key.isGood(now))).toList();
    }

    private void call(SplittableRandom random) {
        while (!stopped) {
            Key[] now = keys.toArray(new Key[0]);
            ask(doors.get(random.nextInt(doors.size())), now[random.nextInt(now.length)]);
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(URI door, Key key) {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("Authorization", "Bearer " + key.text())
                .build();
        Boolean before = key.isGood(Instant.now());
        try {
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            Boolean after = key.isGood(Instant.now());
            if (before != null && before.equals(after)) {
                count(door, key, before, answer);
            }
        } catch (IOException e) {
            failed.merge(door + " " + e, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(URI door, Key key, boolean isGood, HttpResponse<Void> answer) {
        int status = answer.statusCode();
        boolean isOfTheKey = status == 200 || status == 401 || status == 403;
        if (!isOfTheKey || isWithoutTheIssuersKeys(answer)) {
            failed.merge(door + " " + status, 1, Integer::sum);
            return;
        }
        if (status == 200) {
            allowed.increment();
            allowedGenerations.add(key.kid());
        } else {
            (key.expiresAt().equals(Instant.EPOCH) ? spoilt : expired).increment();
        }
        if (isGood != (answer.statusCode() == 200)) {
            wrong.add(String.format(
                    Locale.ROOT,
                    "%s %s answered %d to a key that is %s, expires %s, %s",
                    Instant.now(),
                    door,
                    answer.statusCode(),
                    isGood ? "good" : "not good",
                    key.expiresAt(),
                    answer.headers().map()));
        }
    }

    /** What API Gateway's own authorizer answers, with 401, when the function that publishes keys is down as its copy ends. */
    private static boolean isWithoutTheIssuersKeys(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("www-authenticate")
                .filter(challenge -> challenge.contains("communication error"))
                .isPresent();
    }

    /** How many keys were let in or refused. */
    long answers() {
        return allowed.sum() + expired.sum() + spoilt.sum();
    }

    /** How many keys were refused that expire. */
    long toExpired() {
        return expired.sum();
    }

    /** How many keys were refused that never were good. */
    long toSpoilt() {
        return spoilt.sum();
    }

    /** The key ids of keys that were let in. */
    Set<String> allowedGenerations() {
        return allowedGenerations;
    }

    /** How many calls had no answer about the key, by door and by what came instead. */
    Map<String, Integer> failures() {
        return new TreeMap<>(failed);
    }

    /** The answers that were wrong. */
    Queue<String> wrong() {
        return wrong;
    }

    /** Ends the clients, each after its call. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}

package dev.latchkey.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a ring move on: {@code next} becomes {@code active}, {@code active} becomes {@code previous}, a new
 * {@code next} is made. A {@code previous} key is left out once all tokens that it signed have expired.
 *
 * <p>Keys carry, besides their status, when they were {@code created} and {@code retired} and the longest {@code lifetime}
 * of their tokens, so that a ring tells all that the following rotation needs. Nothing here reads or writes a secret.
 */
public final class RingRotation {

    /** How long other verifiers keep a key set. */
    static final Duration KEPT = Duration.ofHours(2);

    /** Until a key in the secret is in every copy of the published set: publish's own of a minute, caches' of six, and a margin. */
    private static final Duration SPREAD = Duration.ofMinutes(15);

    /** How long a key is in the secret before it signs, so that no verifier keeps a set without it. */
    public static final Duration PUBLISHED_FIRST = KEPT.plus(SPREAD);

    /** How old a ring that was made may get before it is used; a rotation that takes longer must begin anew. */
    public static final Duration FRESH = Duration.ofDays(1);

    /** A key may sign for as long as its ring is fresh after it was said to be retired; and a day for what signs by copies. */
    private static final Duration MARGIN = FRESH.plusDays(1);

    private final Clock clock;
    private final @Nullable Duration longestLifetime;
    private final @Nullable Algorithm algorithm;
    private final @Nullable String kid;

    /**
     * Moves the keys of rings in these circumstances.
     *
     * @param longestLifetime of the tokens that are issued now; null where it is not known, so that no key is left out
     * @param algorithm the algorithm of a single key that declares none; null for HS256
     * @param kid the key id of a single key that has none; null for none
     */
    public RingRotation(
            Clock clock, @Nullable Duration longestLifetime, @Nullable Algorithm algorithm, @Nullable String kid) {
        this.clock = clock;
        this.longestLifetime = longestLifetime;
        this.algorithm = algorithm;
        this.kid = kid;
    }

    /**
     * The ring one place on. Where there is no {@code next} yet, and so in a secret that is no ring yet, one is added and
     * the active key goes on signing.
     *
     * @param current what the secret holds
     * @param currentSince since when at the latest everybody could read it
     * @param ofNext the algorithm of a new key; null for that of the key that is active then
     * @throws RotationTooEarlyException if the next key has not been published for {@link #PUBLISHED_FIRST}
     * @throws InvalidKeyMaterialException if the secret holds nothing that signs
     */
    public RotatedRing after(String current, Instant currentSince, @Nullable Algorithm ofNext) {
        StoredRing before = read(current);
        List<StoredKey> keys = kept(before.keys());
        StoredKey next = first(keys, KeyStatus.NEXT);
        if (next != null) {
            Instant since = next.time(StoredKey.CREATED)
                    .filter(created -> created.isAfter(currentSince))
                    .orElse(currentSince);
            if (clock.instant().isBefore(since.plus(PUBLISHED_FIRST))) {
                throw new RotationTooEarlyException(next.name(), since.plus(PUBLISHED_FIRST));
            }
            shift(keys, next);
        }
        return finished(before, keys, ofNext);
    }

    /** The ring one place on at once, by a new key where there is no {@code next} yet. Unlike {@link #after} it forces. */
    public RotatedRing atOnce(String current) {
        StoredRing before = read(current);
        List<StoredKey> keys = kept(before.keys());
        shift(keys, nextOrNew(keys));
        return finished(before, keys, null);
    }

    /**
     * The ring without a key, whose tokens end with it. Another takes its place at once.
     *
     * @param name of the key, its key id or as {@link RotatedRing} names it; whatever else has the same key goes with it
     * @throws InvalidKeyMaterialException if there is none of that name
     */
    public RotatedRing without(String current, String name) {
        StoredRing before = read(current);
        List<StoredKey> dropped =
                before.keys().stream().filter(key -> key.name().equals(name)).toList();
        if (dropped.isEmpty()) {
            throw new InvalidKeyMaterialException("holds no key " + name + ". It holds "
                    + before.keys().stream().map(StoredKey::name).distinct().toList());
        }
        List<StoredKey> keys = kept(before.keys());
        Predicate<StoredKey> isDropped = key -> dropped.stream().anyMatch(key::hasKeyOf);
        StoredKey active = active(keys);
        List<StoredKey> left =
                new ArrayList<>(keys.stream().filter(isDropped.negate()).toList());
        if (isDropped.test(active)) {
            StoredKey follower = first(left, KeyStatus.NEXT);
            left.remove(follower);
            left.add(0, activated(follower == null ? newKey(algorithmOf(active)) : follower));
        }
        return finished(before, left, null);
    }

    /**
     * The ring with a new {@code next} of an algorithm, so that the following rotation goes over to it. A {@code next} that
     * there is does not sign any more.
     */
    public RotatedRing withNext(String current, Algorithm ofNext) {
        StoredRing before = read(current);
        List<StoredKey> keys = kept(before.keys());
        keys.replaceAll(key -> key.is(KeyStatus.NEXT) ? retired(key) : key);
        return finished(before, keys, ofNext);
    }

    /**
     * Tells whether a ring may take the place of what a secret holds: tokens find every key that they found, but for
     * previous keys all of whose tokens have expired, none is there but a next that was not there before, and the one that
     * signs was there or was the next.
     */
    public boolean isSuccessor(String pending, String current) {
        List<StoredKey> after = read(pending).keys();
        List<StoredKey> before = read(current).keys();
        StoredKey signing = active(after);
        return before.stream()
                        .allMatch(key -> key.entry() == null
                                || isOver(key)
                                || after.stream().anyMatch(key::isKeptAs))
                && after.stream()
                        .allMatch(key -> key.entry() == null
                                || key.is(KeyStatus.NEXT)
                                || before.stream().anyMatch(earlier -> earlier.isKeptAs(key)))
                && before.stream().anyMatch(key -> !key.is(KeyStatus.PREVIOUS) && key.isKeptAs(signing));
    }

    /** Tells whether the newest key of a ring was made so long ago that the times in it may be wrong. */
    public boolean isStale(String pending) {
        return read(pending).keys().stream()
                .flatMap(key -> key.time(StoredKey.CREATED).stream())
                .max(Instant::compareTo)
                .filter(newest -> clock.instant().isAfter(newest.plus(FRESH)))
                .isPresent();
    }

    private StoredRing read(String text) {
        return StoredRing.read(text, algorithm, kid, clock.instant());
    }

    /** The keys that are still needed, with what can be known of them now. */
    private List<StoredKey> kept(List<StoredKey> keys) {
        List<StoredKey> kept = new ArrayList<>();
        for (StoredKey key : keys) {
            if (!isOver(key)) {
                kept.add(key.is(KeyStatus.ACTIVE) ? withLifetime(key) : key.is(KeyStatus.PREVIOUS) ? dated(key) : key);
            }
        }
        return kept;
    }

    /** A previous key of which nothing was known signs no more from now on. */
    private StoredKey dated(StoredKey key) {
        StoredKey dated = key.lifetime().isEmpty() ? withLifetime(key) : key;
        return dated.time(StoredKey.RETIRED).isPresent()
                ? dated
                : dated.with(StoredKey.RETIRED, clock.instant().getEpochSecond());
    }

    /** Whether no token of a previous key is good any more. When it cannot be known, some are. */
    private boolean isOver(StoredKey key) {
        Instant retired = key.time(StoredKey.RETIRED).orElse(null);
        Duration known = longestLifetime;
        if (key.entry() != null && key.entry().weakUntil() != null) {
            return !clock.instant().isBefore(key.entry().weakUntil());
        }
        return key.is(KeyStatus.PREVIOUS)
                && retired != null
                && known != null
                && !clock.instant()
                        .isBefore(retired.plus(key.lifetime().orElse(known)).plus(MARGIN));
    }

    private void shift(List<StoredKey> keys, StoredKey next) {
        keys.remove(next);
        keys.replaceAll(key -> key.is(KeyStatus.ACTIVE) ? retired(key) : key);
        keys.add(0, activated(next));
    }

    private StoredKey retired(StoredKey key) {
        return withLifetime(key).retired(clock.instant());
    }

    private StoredKey activated(StoredKey key) {
        return withLifetime(key.with(KeyStatus.ACTIVE));
    }

    /** With the longest lifetime that was known while it signed, as long as all of them were. */
    private StoredKey withLifetime(StoredKey key) {
        Duration now = longestLifetime;
        return now == null
                        || key.lifetime()
                                .filter(before -> before.compareTo(now) >= 0)
                                .isPresent()
                ? key
                : key.with(StoredKey.LIFETIME, now.toSeconds());
    }

    private StoredKey nextOrNew(List<StoredKey> keys) {
        StoredKey next = first(keys, KeyStatus.NEXT);
        return next == null ? newKey(algorithmOf(active(keys))) : next;
    }

    private RotatedRing finished(StoredRing before, List<StoredKey> keys, @Nullable Algorithm ofNext) {
        if (first(keys, KeyStatus.NEXT) == null) {
            keys.add(1, newKey(ofNext == null ? algorithmOf(active(keys)) : ofNext));
        }
        return RotatedRing.of(before, new StoredRing(keys));
    }

    private StoredKey newKey(Algorithm ofKey) {
        return NewKeyRing.of(ofKey)
                .stored()
                .with(KeyStatus.NEXT)
                .with(StoredKey.CREATED, clock.instant().getEpochSecond());
    }

    private static Algorithm algorithmOf(StoredKey key) {
        if (key.entry() == null || key.entry().declared() == null) {
            throw new IllegalStateException("each key of a stored ring declares its algorithm");
        }
        return key.entry().declared();
    }

    private static StoredKey active(List<StoredKey> keys) {
        StoredKey active = first(keys, KeyStatus.ACTIVE);
        if (active == null) {
            throw new InvalidKeyMaterialException("holds no active key");
        }
        return active;
    }

    private static @Nullable StoredKey first(List<StoredKey> keys, KeyStatus status) {
        for (StoredKey key : keys) {
            if (key.is(status)) {
                return key;
            }
        }
        return null;
    }
}

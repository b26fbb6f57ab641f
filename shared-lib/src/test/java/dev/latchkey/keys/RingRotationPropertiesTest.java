package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds for a ring however often, however fast and into whatever algorithm it is rotated. */
class RingRotationPropertiesTest {

    private static final Duration LIFETIME = Duration.ofDays(10);
    private static final List<Algorithm> ALGORITHMS =
            List.of(Algorithm.HS256, Algorithm.ES256, Algorithm.EdDSA, Algorithm.HS512, Algorithm.ES384);
    private static final List<String> FIRST = List.of(
            TestKeys.SECRET,
            "{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"first\"}",
            "{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"alg\":\"RS256\"}",
            NewKeyRing.of(Algorithm.ES256).secretText());

    /** A token as a door sees it: its key id, what it was signed with, and when it expires. */
    private record Issued(SigningKey by, Instant expiresAt) {}

    @Property(seed = "11", tries = 60, shrinking = ShrinkingMode.OFF)
    void noTokenLosesItsKeyBeforeItExpires(@ForAll long seed) {
        Random random = new Random(seed);
        TurnableClock clock = new TurnableClock(TestTokens.NOW);
        RingRotation rotation = new RingRotation(clock, LIFETIME, null, null);
        String ring = FIRST.get(random.nextInt(FIRST.size()));
        List<Issued> issued = new ArrayList<>();
        Map<String, Instant> publishedSince = new HashMap<>();
        Map<String, Object> materials = new HashMap<>();
        for (int step = 0; step < 14; step++) {
            issued.add(new Issued(
                    KeyRing.read(ring).signingKey(null, null), clock.instant().plus(LIFETIME)));
            clock.turn(Duration.ofMinutes(random.nextInt(3 * 24 * 60)));
            String before = KeyRing.read(ring).signingKey(null, null).toString();
            boolean isForced = random.nextInt(5) == 0;
            ring = moved(rotation, ring, isForced, random);
            SigningKey active = KeyRing.read(ring).signingKey(null, null);
            if (!isForced && !active.toString().equals(before)) {
                assertThat(Duration.between(
                                Objects.requireNonNull(
                                        publishedSince.get(active.kid().orElse(""))),
                                clock.instant()))
                        .isGreaterThanOrEqualTo(RingRotation.PUBLISHED_FIRST);
            }
            KeySet door = KeyRing.read(ring).keySetBeside(null, null);
            for (VerificationKey key : door.keys()) {
                publishedSince.putIfAbsent(key.kid().orElse(""), clock.instant());
                assertThat(materials.merge(key.kid().orElse(""), key.material(), (old, now) -> old))
                        .isEqualTo(key.material());
            }
            checkPublished(door);
            for (Issued token : issued) {
                assertThat(clock.instant().isAfter(token.expiresAt()) || isVerified(token.by(), door))
                        .as("%s in step %d", token, step)
                        .isTrue();
            }
        }
    }

    private static String moved(RingRotation rotation, String ring, boolean isForced, Random random) {
        try {
            return switch (random.nextInt(4)) {
                case 0 ->
                    rotation.withNext(ring, ALGORITHMS.get(random.nextInt(ALGORITHMS.size())))
                            .text();
                case 1 ->
                    rotation.after(ring, Instant.EPOCH, ALGORITHMS.get(random.nextInt(ALGORITHMS.size())))
                            .text();
                default ->
                    isForced
                            ? rotation.atOnce(ring).text()
                            : rotation.after(ring, Instant.EPOCH, null).text();
            };
        } catch (RotationTooEarlyException early) {
            return ring;
        }
    }

    private static boolean isVerified(SigningKey by, KeySet door) {
        return door.find(by.kid().orElse(null)).stream()
                .anyMatch(key -> key.algorithm() == by.algorithm() && by.isVerifiedBy(key.material()));
    }

    private static void checkPublished(KeySet door) {
        String set = PublicJwkWriter.publicSet(door).toString();
        assertThat(set).doesNotContain("\"oct\"", "retired", "created", "lifetime", "status");
        for (String member : List.of("d", "k", "p", "q", "dp", "dq", "qi", "oth")) {
            assertThat(set).doesNotContain("\"" + member + "\":");
        }
    }
}

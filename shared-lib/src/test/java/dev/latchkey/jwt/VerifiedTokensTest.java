package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.testing.Collisions;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("M: Tokens that were verified a moment ago")
class VerifiedTokensTest {

    private static final ClaimsCheck.Seconds ALWAYS = new ClaimsCheck.Seconds(0, Long.MAX_VALUE);
    private static final KeySet KEYS = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);

    private static final TokenVerifier VERIFIER =
            new TokenVerifier(KeySource.fixed(KEYS), VerificationRules.DEFAULT, Clock.systemUTC());

    private final Door door = Door.hs256();
    private final VerifiedToken token = door.accepts(Door.goodHs256());
    private final VerifiedTokens tokens = new VerifiedTokens();

    @Test
    @DisplayName("are found by their whole text alone, with the keys that verified them")
    void wholeText() {
        remember("a.b.c", token);

        int weight = TokenWeight.of("a.b.c", token.claims());
        assertThat(tokens.find("a.b.c")).isEqualTo(new VerifiedTokens.Seen(token, ALWAYS, KEYS, VERIFIER, weight));
        assertThat(tokens.find("a.b.d")).isNull();
        assertThat(tokens.find("a.b.")).isNull();
        assertThat(tokens.find("a.b.c ")).isNull();
    }

    @Test
    @DisplayName(
            "M4: are bounded by their bytes, however many different ones come; the one not used longest goes first")
    void bounded() {
        int weight = TokenWeight.of("t10000", token.claims());
        int most = VerifiedTokens.MAX_BYTES / weight;
        remember("the one", token);
        for (int i = 10_000; i < 99_999; i++) {
            remember("t" + i, token);
            assertThat(tokens.find("the one")).isNotNull();
        }
        assertThat(tokens.size()).isBetween(most - 1, most);
        assertThat(tokens.find("t" + (99_999 - tokens.size() + 1))).isNotNull();
        assertThat(tokens.find("t" + (99_999 - tokens.size()))).isNull();
    }

    @Test
    @DisplayName("M11: are found as fast among thousands whose texts have one hash")
    void oneHash() {
        List<String> texts = Collisions.of(11);
        texts.forEach(text -> remember(text, token));
        assertThat(tokens.size()).isEqualTo(texts.size());

        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            for (String text : texts) {
                assertThat(tokens.find(text)).isNotNull();
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("M8: are remembered up to 32 KiB, claims included, and not above")
    void notTooHeavy() {
        int rest = VerifiedTokens.MAX_BYTES_OF_ONE - TokenWeight.of("", token.claims());
        remember("a".repeat(rest), token);
        remember("b".repeat(rest + 1), token);

        assertThat(tokens.find("a".repeat(rest))).isNotNull();
        assertThat(tokens.find("b".repeat(rest + 1))).isNull();
        assertThat(tokens.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("M8: take back the weight of one that comes again with other keys")
    void sameTextAgain() {
        String heavy = "a".repeat(20_000);
        for (int i = 0; i < 1000; i++) {
            remember(heavy, token);
        }
        remember("light", token);
        assertThat(tokens.find(heavy)).isNotNull();
    }

    @ParameterizedTest
    @DisplayName(
            "M8: take no more heap than they are counted with, over all issuers together, whatever their claims are made of")
    @ValueSource(strings = {"{},", "[],", "1,", "1.5,", "\"\",", "true,", "{\"a\":{}},", "[[[]]],", "\"\u20ac\","})
    void heap(String element) {
        VerifiedTokens shared = new VerifiedTokens();
        TokenVerifier[] issuers = new TokenVerifier[10];
        for (int i = 0; i < issuers.length; i++) {
            issuers[i] = new TokenVerifier(KeySource.fixed(KEYS), VerificationRules.DEFAULT, Clock.systemUTC(), shared);
        }
        String elements = element.repeat(600 / element.length());
        long before = usedHeap();
        for (int i = 0; i < 5000; i++) {
            String filled = TestTokens.good("HS256")
                    .payloadText("{\"exp\":1900000000,\"n\":" + i + ",\"all\":[" + elements + "0]}")
                    .hs256(TestKeys.SECRET);
            assertThat(issuers[i % issuers.length].verify(filled)).isInstanceOf(Verification.Verified.class);
        }
        assertThat(usedHeap() - before).isLessThan(VerifiedTokens.MAX_BYTES + 1024 * 1024);
        assertThat(shared.size()).isPositive();
    }

    @Test
    @DisplayName("H15: are not found for another verifier, whose rules they may not meet")
    void otherVerifier() {
        VerifiedTokens shared = new VerifiedTokens();
        KeySource<KeySet> keys = KeySource.fixed(KEYS);
        Door one = new Door(new TokenVerifier(keys, VerificationRules.DEFAULT, door.clock(), shared), door.clock());
        Door other = new Door(new TokenVerifier(keys, VerificationRules.DEFAULT, door.clock(), shared), door.clock());
        VerifiedToken first = one.accepts(Door.goodHs256());
        assertThat(other.accepts(Door.goodHs256())).isNotSameAs(first);
    }

    private void remember(String text, VerifiedToken good) {
        tokens.remember(text, good, ALWAYS, KEYS, VERIFIER);
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    @DisplayName("M4: are not pushed out by bad ones")
    void badTokensPushNobodyOut() {
        String good = Door.goodHs256();
        VerifiedToken first = door.accepts(good);
        for (int i = 0; i < 2000; i++) {
            door.refuses(TestTokens.good("HS256").claim("n", i).hs256(TestKeys.SECRET + "x"), Reason.BAD_SIGNATURE);
        }
        assertThat(door.accepts(good)).isSameAs(first);
    }

    @Test
    @DisplayName("M5: are the same object when they come again, and a new one with another key set")
    void verifiedAnewWithOtherKeys() {
        KeySet[] current = {KEYS};
        TokenVerifier verifier = new TokenVerifier(source(current), VerificationRules.DEFAULT, door.clock());
        Door changing = new Door(verifier, door.clock());
        VerifiedToken first = changing.accepts(Door.goodHs256());
        assertThat(changing.accepts(Door.goodHs256())).isSameAs(first);

        current[0] = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);
        VerifiedToken second = changing.accepts(Door.goodHs256());
        assertThat(second).isNotSameAs(first);
        assertThat(changing.accepts(Door.goodHs256())).isSameAs(second);

        current[0] = KeyRing.read(TestKeys.SECRET + "x").keySet(List.of(), null);
        changing.refuses(Door.goodHs256(), Reason.BAD_SIGNATURE);
    }

    private static KeySource<KeySet> source(KeySet[] current) {
        return new KeySource<>() {
            @Override
            public KeySet current() {
                return current[0];
            }

            @Override
            public KeySet afterMiss(int missed) {
                return current[0];
            }

            @Override
            public void forget() {
                throw new AssertionError("a verifier forgets no keys");
            }
        };
    }
}

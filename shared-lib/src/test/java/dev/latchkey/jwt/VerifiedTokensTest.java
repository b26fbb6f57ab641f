package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M: Tokens that were verified a moment ago")
class VerifiedTokensTest {

    private static final KeySet KEYS = KeyRing.read(TestKeys.SECRET).keySet(List.of(), null);

    private final Door door = Door.hs256();
    private final VerifiedToken token = door.accepts(Door.goodHs256());
    private final VerifiedTokens tokens = new VerifiedTokens();

    @Test
    @DisplayName("are found by their whole text alone, with the keys that verified them")
    void wholeText() {
        tokens.remember("a.b.c", token, KEYS);

        assertThat(tokens.find("a.b.c")).isEqualTo(new VerifiedTokens.Seen(token, KEYS));
        assertThat(tokens.find("a.b.d")).isNull();
        assertThat(tokens.find("a.b.")).isNull();
        assertThat(tokens.find("a.b.c ")).isNull();
    }

    @Test
    @DisplayName("M4: are at most 1,000, however many different ones come; the one not used longest goes first")
    void bounded() {
        tokens.remember("used", token, KEYS);
        for (int i = 0; i < 100_000; i++) {
            tokens.remember("t" + i, token, KEYS);
            assertThat(tokens.find("used")).isNotNull();
        }
        assertThat(tokens.size()).isEqualTo(1000);
        assertThat(tokens.find("t99001")).isNotNull();
        assertThat(tokens.find("t99000")).isNull();
    }

    @Test
    @DisplayName("M4: are remembered up to 2,048 characters, so that their memory is bounded, too")
    void notTooLong() {
        tokens.remember("a".repeat(2048), token, KEYS);
        tokens.remember("b".repeat(2049), token, KEYS);

        assertThat(tokens.find("a".repeat(2048))).isNotNull();
        assertThat(tokens.find("b".repeat(2049))).isNull();
        assertThat(tokens.size()).isEqualTo(1);
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
            public KeySet afterMiss() {
                return current[0];
            }

            @Override
            public void forget() {
                throw new AssertionError("a verifier forgets no keys");
            }
        };
    }
}

package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusListsTest {

    private static final SigningKey KEY = new SigningKey(Door.KID, Algorithm.ES256, Door.EC.getPrivate());
    private static final KeySource<KeySet> KEYS =
            KeySource.fixed(new KeySet(List.of(new VerificationKey(Door.KID, Algorithm.ES256, Door.EC.getPublic()))));

    @Test
    @DisplayName("N15: holds 64 lists, and fetches the one anew that was not asked for longest")
    void bounded() throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            StatusListBase base = new StatusListBase(server.uri("127.0.0.1", ""));
            StatusLists lists =
                    new StatusLists(Duration.ofHours(1), new TurnableClock(TestTokens.NOW), (age, failure) -> {});
            for (int number = 1; number <= StatusLists.MAX_LISTS + 1; number++) {
                ask(server, lists, base, number);
            }
            assertThat(server.requests()).hasSize(65);

            ask(server, lists, base, 2);
            assertThat(server.requests()).hasSize(65);
            ask(server, lists, base, 1);

            assertThat(server.requests()).hasSize(66).last().isEqualTo("GET /statuslists/1 HTTP/1.1");
        }
    }

    private static void ask(HostileKeyServer server, StatusLists lists, StatusListBase base, int number) {
        String text =
                StatusListToken.sign(KEY, base, number, new StatusBits.Builder(2, 8), Cutoffs.none(), TestTokens.NOW);
        server.answers(HostileKeyServer.status(200, text));
        assertThat(lists.current(base, KEYS, base.uri(number)).uri()).isEqualTo(base.uri(number));
    }
}

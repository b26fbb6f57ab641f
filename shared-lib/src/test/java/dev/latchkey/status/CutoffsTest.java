package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N17: Cut-offs")
class CutoffsTest {

    private static final StatusListBase BASE = new StatusListBase("https://keys.example");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void endKeysThatWereIssuedUpToThatSecondAndNoLaterOnes() {
        Cutoffs cutoffs = Cutoffs.of(BASE, Map.of("cus_1", AT));

        assertThat(cutoffs.end("cus_1", AT.minusSeconds(1))).isTrue();
        assertThat(cutoffs.end("cus_1", AT)).isTrue();
        assertThat(cutoffs.end("cus_1", AT.plusSeconds(1))).isFalse();
        assertThat(cutoffs.end("cus_2", AT)).isFalse();
        assertThat(Cutoffs.none().end("cus_1", AT)).isFalse();
    }

    @Test
    void areReadBackAsTheyWereWritten() {
        Map<String, Instant> many = new HashMap<>();
        for (int i = 0; i < Cutoffs.MAX_CUSTOMERS; i++) {
            many.put("cus_" + i, AT.plusSeconds(i));
        }

        Cutoffs read = Cutoffs.read(BASE, Cutoffs.of(BASE, many).text());

        many.forEach((customer, at) -> {
            assertThat(read.end(customer, at)).isTrue();
            assertThat(read.end(customer, at.plusSeconds(1))).isFalse();
        });
        assertThat(read.end("cus_" + Cutoffs.MAX_CUSTOMERS, AT)).isFalse();
        assertThat(read.text()).hasSizeLessThan(44_000);
    }

    @Test
    void reachTheLastSecondThatFourBytesHold() {
        Instant last = Instant.ofEpochSecond(0xffff_ffffL);
        Cutoffs cutoffs = Cutoffs.of(BASE, Map.of("cus_1", last));

        assertThat(cutoffs.end("cus_1", last)).isTrue();
        assertThat(cutoffs.end("cus_1", last.plusSeconds(1))).isFalse();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Cutoffs.of(BASE, Map.of("cus_1", last.plusSeconds(1))));
    }

    @Test
    void tellNoCustomersId() {
        Map<String, Instant> one = Map.of("cus_1", AT);
        String here = Cutoffs.of(BASE, one).text();
        String elsewhere =
                Cutoffs.of(new StatusListBase("https://other.example"), one).text();

        assertThat(new String(Zlib.inflate(here, 100, 16), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("cus_1");
        assertThat(here).isNotEqualTo(elsewhere);
    }

    @Test
    void areNoMoreThanAListHasRoomFor() {
        Map<String, Instant> many = new HashMap<>();
        for (int i = 0; i <= Cutoffs.MAX_CUSTOMERS; i++) {
            many.put("cus_" + i, AT);
        }

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Cutoffs.of(BASE, many));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 17, 31})
    void areWholeEntries(int bytes) {
        String text = Zlib.deflate(new byte[bytes]);

        assertThatExceptionOfType(UnusableListException.class).isThrownBy(() -> Cutoffs.read(BASE, text));
    }

    @Test
    void standInOrderAndOnce() {
        byte[] twice = new byte[32];

        assertThatExceptionOfType(UnusableListException.class)
                .isThrownBy(() -> Cutoffs.read(BASE, Zlib.deflate(twice)));
    }
}

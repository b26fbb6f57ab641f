package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are those of the Token Status List's appendix. */
class StatusBitsTest {

    private static final int[] PLACES = {0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345
    };
    private static final int[] TWO_BIT_VALUES = {1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3};
    private static final int LONG = 1 << 20;

    @Test
    void readsTheStandardsShortListOfOneBit() {
        StatusBits bits = StatusBits.read(1, "eNrbuRgAAhcBXQ");

        assertThat(bits.size()).isEqualTo(16);
        assertThat(values(bits)).containsExactly(1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1);
    }

    @Test
    void readsTheStandardsShortListOfTwoBits() {
        StatusBits bits = StatusBits.read(2, "eNo76fITAAPfAgc");

        assertThat(bits.size()).isEqualTo(12);
        assertThat(values(bits)).containsExactly(1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3);
    }

    @Test
    void packsFromTheLeastSignificantBitUpwards() {
        StatusBits.Builder builder = new StatusBits.Builder(2, 12);
        int[] values = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
        for (int i = 0; i < values.length; i++) {
            builder.put(i, values[i]);
        }

        assertThat(Zlib.inflate(builder.text(), 100, 3)).containsExactly(0xc9, 0x44, 0xf9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void readsBackTheStandardsLongLists(int bits) {
        StatusBits.Builder builder = new StatusBits.Builder(bits, LONG);
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < PLACES.length; i++) {
            int value = bits == 1 ? 1 : TWO_BIT_VALUES[i];
            builder.put(PLACES[i], value);
            expected.put(PLACES[i], value);
        }

        StatusBits read = StatusBits.read(bits, builder.text(), LONG * bits / 8);

        assertThat(read.size()).isEqualTo(LONG);
        assertThat(nonZero(read)).isEqualTo(expected);
    }

    @Test
    void putsAValueInThePlaceOfAnother() {
        StatusBits.Builder builder =
                new StatusBits.Builder(2, 8).put(5, 3).put(5, 1).put(6, 2).put(6, 0);

        assertThat(nonZero(StatusBits.read(2, builder.text()))).isEqualTo(Map.of(5, 1));
    }

    @Test
    void writesTheSameStatusesAlike() {
        assertThat(new StatusBits.Builder(2, 1 << 17).put(7, 1).text())
                .isEqualTo(
                        new StatusBits.Builder(2, 1 << 17).put(7, 2).put(7, 1).text());
    }

    @Test
    void hasNothingBeforeTheFirstAndBehindTheLastIndex() {
        StatusBits bits =
                StatusBits.read(2, new StatusBits.Builder(2, 8).put(7, 1).text());

        assertThat(bits.value(0)).isZero();
        assertThat(bits.value(7)).isEqualTo(1);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bits.value(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bits.value(8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bits.value(1L << 40));
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "8,0", "0,4", "0,-1"})
    void takesNoIndexOrValueThatDoesNotFit(int index, int value) {
        StatusBits.Builder builder = new StatusBits.Builder(2, 8);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> builder.put(index, value));
    }

    @DisplayName("N6: reads a list of exactly the most bytes, and none of one more, however well it is compressed")
    @Test
    void bomb() {
        String most = new StatusBits.Builder(8, StatusBits.MAX_BYTES).text();
        String bomb = new StatusBits.Builder(8, StatusBits.MAX_BYTES + 1).text();
        String hugeBomb = new StatusBits.Builder(8, 64 * 1024 * 1024).text();

        assertThat(StatusBits.read(8, most).size()).isEqualTo(StatusBits.MAX_BYTES);
        assertThat(hugeBomb.length()).isLessThan(100_000);
        for (String text : new String[] {bomb, hugeBomb}) {
            assertThatThrownBy(() -> StatusBits.read(8, text))
                    .isInstanceOf(UnusableListException.class)
                    .hasMessageContaining("bytes");
        }
    }

    @Test
    void readsNoMoreCompressedBytesThanInflatedOnes() {
        byte[] noise = new byte[StatusBits.MAX_BYTES + 1];
        new java.util.Random(1).nextBytes(noise);

        assertThatThrownBy(() -> StatusBits.read(
                        1, Base64.getUrlEncoder().withoutPadding().encodeToString(noise)))
                .isInstanceOf(UnusableListException.class)
                .hasMessage("has more than 65536 compressed bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "AAAA", // no ZLIB
                "eNrbuRgAAhcBXg", // another checksum
                "eNrbuRgAAhc", // broken off
                "eNrbuRgAAhcBXQAA", // bytes behind its end
                "eNrbuRgAAhcBXQ==", // padding
                "eNrbuRgAAhcBX*", // no base64url
                "eLsGAAAAAA" // wants a dictionary
            })
    void readsNothingElse(String text) {
        assertThatExceptionOfType(UnusableListException.class).isThrownBy(() -> StatusBits.read(1, text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 16, -1})
    void knowsStatusesOfOneTwoFourAndEightBitsOnly(int bits) {
        assertThatExceptionOfType(UnusableListException.class)
                .isThrownBy(() -> StatusBits.read(bits, "eNrbuRgAAhcBXQ"));
    }

    private static int[] values(StatusBits bits) {
        return IntStream.range(0, (int) bits.size()).map(bits::value).toArray();
    }

    private static Map<Integer, Integer> nonZero(StatusBits bits) {
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < bits.size(); i++) {
            if (bits.value(i) != 0) {
                found.put(i, bits.value(i));
            }
        }
        return found;
    }
}

package dev.latchkey.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void theMedianIsTheValueInTheMiddleWhateverTheOrder() {
        assertThat(new Samples(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Samples(List.of(9.0, 1.0, 5.0, 6.0)).median()).isEqualTo(5.5);
    }

    @Test
    void aTenthIsBelowTheLowAndAboveTheHighValue() {
        Samples samples = new Samples(List.of(10.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0));
        assertThat(samples.low()).isEqualTo(1);
        assertThat(samples.high()).isEqualTo(9);
    }

    @Test
    void oneValueIsAllOfThem() {
        Samples samples = Samples.of(7);
        assertThat(List.of(samples.low(), samples.median(), samples.high())).containsOnly(7.0);
    }

    @Test
    void nothingMeasuredIsAMistake() {
        assertThatThrownBy(() -> new Samples(List.of())).hasMessage("nothing was measured");
    }
}

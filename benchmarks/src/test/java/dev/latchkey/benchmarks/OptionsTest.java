package dev.latchkey.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void allMeansEachOnce() {
        assertThat(Options.parse(List.of("cold", "all")).benchmarks())
                .containsExactly("cold", "warm", "sign", "memory", "size", "scale");
    }

    @Test
    void runsAreStartsAndJvms() {
        Effort effort = Options.parse(List.of("cold", "--runs", "7")).effort();
        assertThat(effort.coldRuns()).isEqualTo(7);
        assertThat(effort.warmRounds()).isEqualTo(7);
    }

    @Test
    void onlyWholeAndSeriousResultsAreWritten() {
        assertThat(Options.parse(List.of("all", "--write")).write()).isTrue();
        assertThat(Options.parse(List.of("cold", "--write")).write()).isTrue();
        assertThatThrownBy(() -> Options.parse(List.of("all", "--smoke", "--write")))
                .hasMessageContaining("not those of --smoke");
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> Options.parse(List.of("hot"))).hasMessageContaining("unknown argument hot");
        assertThatThrownBy(() -> Options.parse(List.of("--smoke"))).hasMessageContaining("nothing to measure");
        assertThatThrownBy(() -> Options.parse(List.of("all", "--runs"))).hasMessageContaining("from 1 to 9999");
        assertThatThrownBy(() -> Options.parse(List.of("all", "--runs", "0"))).hasMessageContaining("got 0");
    }
}

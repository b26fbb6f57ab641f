package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Mutations;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for all lifetimes. */
class LifetimePropertiesTest {

    private static final List<String> GOOD = List.of("3600", "30d", "1.5h", "2 days", "10 years", ".5w", "1000ms");

    @Property(seed = "1")
    void wholeSecondsMeanThemselves(@ForAll @IntRange(min = 1, max = 315_576_000) int seconds) {
        assertThat(Lifetime.parse(String.valueOf(seconds))).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Lifetime.parse(seconds + " s")).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property(seed = "2")
    void anyTextIsALifetimeWithinTheBoundsOrRefused(@ForAll String text) {
        withinBoundsOrRefused(text);
    }

    @Property(seed = "3", tries = 5000)
    void aChangedLifetimeIsWithinTheBoundsOrRefused(@ForAll long seed) {
        Mutations mutations = Mutations.of(seed);
        withinBoundsOrRefused(mutations.change(mutations.pick(GOOD)));
    }

    private static void withinBoundsOrRefused(String text) {
        try {
            assertThat(Lifetime.parse(text)).isBetween(Duration.ofSeconds(1), Lifetime.MAX);
        } catch (IllegalArgumentException refused) {
            assertThat(refused)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lifetime");
        }
    }
}

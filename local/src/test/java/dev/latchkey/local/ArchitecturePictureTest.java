package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArchitecturePictureTest {

    private static final String NODES = "    a[\"x.a\"]\n    b[\"x.b\"]\n    c[\"x.c\"]\n";

    @Test
    void anArrowMoreOnEitherSideIsNamed() {
        ArchitecturePicture two = ArchitecturePicture.drawn(NODES + "    a --> b & c\n");
        ArchitecturePicture one = ArchitecturePicture.drawn(NODES + "    a --> b\n");
        assertThat(two.without(one)).containsExactly("x.a --> x.c");
        assertThat(one.without(two)).isEmpty();
    }

    @Test
    void aPackageThatIsNotDrawnIsNamedThoughItKnowsNobody() {
        ArchitecturePicture all = ArchitecturePicture.drawn(NODES);
        assertThat(all.without(ArchitecturePicture.drawn("    a[\"x.a\"]\n    b[\"x.b\"]\n")))
                .containsExactly("x.c");
    }

    @Test
    void anArrowToNowhereOrTwiceIsAMistake() {
        assertThatThrownBy(() -> ArchitecturePicture.drawn(NODES + "    a --> d\n"))
                .hasMessageContaining("a --> d");
        assertThatThrownBy(() -> ArchitecturePicture.drawn(NODES + "    a --> b\n    a --> b\n"))
                .hasMessageContaining("a --> b");
    }
}

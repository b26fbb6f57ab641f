package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Jwks;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A JWK Set in a setting")
class JwkReaderTest {

    @Test
    @DisplayName("J9: may hold 50 keys and no more")
    void mostKeys() {
        assertThat(JwkReader.read(set(50))).hasSize(50);
        assertThatThrownBy(() -> JwkReader.read(set(51)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("a key set may hold at most 50 keys, got 51");
    }

    @Test
    @DisplayName("J6: tells which of its keys cannot be read")
    void badKey() {
        String set = "{\"keys\":[{" + Jwks.ecMembers(Door.EC) + "},1]}";
        assertThatThrownBy(() -> JwkReader.read(set)).hasMessage("key 2 of the set is not a JSON object");
    }

    private static String set(int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> "{" + Jwks.ecMembers(Door.EC) + ",\"kid\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}

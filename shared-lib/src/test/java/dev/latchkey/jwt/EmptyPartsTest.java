package dev.latchkey.jwt;

import dev.latchkey.testing.Door;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A token with an empty part")
class EmptyPartsTest {

    @ParameterizedTest(name = "header {0}, payload {1}, signature {2}: {3}")
    @DisplayName("E7: has its three parts, and is refused for the first that is not good")
    @CsvSource({
        "false, true,  true,  MALFORMED_HEADER",
        "true,  false, true,  BAD_SIGNATURE",
        "true,  true,  false, BAD_SIGNATURE",
        "false, false, false, MALFORMED_HEADER"
    })
    void emptyParts(boolean header, boolean payload, boolean signature, Reason reason) {
        String[] parts = Door.goodHs256().split("\\.", -1);
        String token = (header ? parts[0] : "") + "." + (payload ? parts[1] : "") + "." + (signature ? parts[2] : "");

        Door.hs256().accepts(String.join(".", parts));
        Door.hs256().refuses(token, reason);
    }
}

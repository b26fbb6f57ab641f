package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What docs/cost.md reckons lists with")
class ScaleTest {

    private static final int PLACES = 1 << 17;

    @ParameterizedTest(name = "{0} revoked: {1}")
    @DisplayName(
            "is as many bytes as a list has that is half full, one key of a hundred revoked, and one of 10,000 keys")
    @CsvSource({
        "655, 'bytes of a list of 65,536 keys, 1 % of them revoked'",
        "100, 'bytes of a list of 10,000 keys, 1 % of them revoked'"
    })
    void bytes(int revoked, String name) throws IOException {
        Matcher reckoned = Pattern.compile("\"" + name + "\": ([0-9]+)")
                .matcher(Files.readString(Path.of("../scripts/prices.json")));
        assertThat(reckoned.find()).isTrue();
        StatusBits.Builder statuses = new StatusBits.Builder(2, PLACES);
        new Random(1)
                .ints(0, PLACES)
                .distinct()
                .limit(revoked)
                .forEach(place -> statuses.put(place, Status.REVOKED.value()));
        String token = StatusListToken.sign(
                new SigningKey(Door.KID, Algorithm.RS256, Door.RSA.getPrivate()),
                new StatusListBase("https://keys.example.com"),
                1,
                statuses,
                Cutoffs.none(),
                TestTokens.NOW);

        assertThat((double) token.length()).isCloseTo(Double.parseDouble(reckoned.group(1)), within(50.0));
    }
}

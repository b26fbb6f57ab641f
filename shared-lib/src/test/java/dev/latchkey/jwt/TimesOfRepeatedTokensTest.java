package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The seconds in which a token that comes again is good without a look at its times")
class TimesOfRepeatedTokensTest {

    private static final long SECOND = 1_800_000_000;
    private static final int TRIES = 20_000;

    private final Random random = new Random(1);

    @Test
    @DisplayName("M5: are none in which a look would find a problem, and are most of those in which it finds none")
    void areSafe() throws Exception {
        int good = 0;
        int spared = 0;
        for (int i = 0; i < TRIES; i++) {
            ClaimsCheck check = check(random.nextInt(61));
            JsonObject claims = claims();
            Instant now = Instant.ofEpochSecond(SECOND + random.nextInt(400), random.nextInt(1_000_000_000));
            boolean isGood = check.timeProblem(claims, now).isEmpty();
            boolean isSpared = check.inTime(claims).hold(now);

            assertThat(isSpared && !isGood).as("%s at %s", claims, now).isFalse();
            good += isGood ? 1 : 0;
            spared += isSpared ? 1 : 0;
        }
        assertThat(good).isBetween(TRIES / 10, TRIES * 9 / 10);
        assertThat(spared).isGreaterThan(good * 9 / 10);
    }

    private static ClaimsCheck check(int skew) {
        return new ClaimsCheck(new VerificationRules(
                new Expected.Absent(), new Expected.Absent(), Duration.ofSeconds(skew), ClaimNames.DEFAULT));
    }

    private JsonObject claims() throws Exception {
        String json = "{\"exp\":" + expiry();
        json += random.nextBoolean() ? ",\"nbf\":" + time(200) : "";
        json += random.nextBoolean() ? ",\"iat\":" + time(200) : "";
        return JsonReader.readObject((json + "}").getBytes(StandardCharsets.UTF_8), new JsonLimits(1024, 2));
    }

    /** One that a token could have been verified with. */
    private String expiry() {
        String time = time(400);
        return time.startsWith("-") ? String.valueOf(SECOND) : time;
    }

    private String time(int within) {
        long second = SECOND + random.nextInt(within);
        return switch (random.nextInt(4)) {
            case 0 -> second + "." + (1 + random.nextInt(999));
            case 1 -> second + ".999999999999";
            case 2 -> random.nextInt(20) == 0 ? "-9.3e18" : second + "e0";
            default -> random.nextInt(20) == 0 ? String.valueOf(Long.MIN_VALUE) : String.valueOf(second);
        };
    }
}

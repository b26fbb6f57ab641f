package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.Verification;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A value of a secret in Secrets Manager")
class SecretPlaceTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a/b-AbCdEf";
    private static final Clock CLOCK = new TurnableClock(TestTokens.NOW);

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @DisplayName("is named behind the secret's name or ARN, as in task definitions")
    @CsvSource(
            nullValues = "-",
            value = {
                "a/b, a/b, -",
                "a/b:JWT_SECRET, a/b, JWT_SECRET",
                ARN + ", " + ARN + ", -",
                ARN + ":JWT_SECRET, " + ARN + ", JWT_SECRET",
                ARN + ":JWT_SECRET::, " + ARN + ", JWT_SECRET"
            })
    void named(String text, String id, @Nullable String member) {
        assertThat(SecretPlace.parse(text)).isEqualTo(new SecretPlace(id, member));
    }

    @Test
    @DisplayName("verifies keys as a secret of its own does")
    void verifies() {
        String keysAndValues = "{\"USER\":\"u\",\"JWT_SECRET\":\"" + SECRET + "\"}";
        Secrets secrets =
                new Secrets(extension -> id -> id.equals("a/b") ? keysAndValues : "", CLOCK, (age, failure) -> {});
        VerificationSettings settings = VerificationSettings.read(
                new SettingsReader(Map.of("PLUGIN_JWT_SECRET_ID", "a/b:JWT_SECRET")), secrets);

        assertThat(settings.verifier(CLOCK).verify(TestTokens.good("HS256").hs256(SECRET)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    @DisplayName("that is not there, or not named, is told with the names that are")
    void problems() {
        String keysAndValues = "{\"USER\":\"u\",\"JWT_SECRET\":\"" + SECRET + "\",\"PORT\":7}";
        refuses(
                "a/b",
                keysAndValues,
                "holds keys and values, of which none is named: USER, JWT_SECRET, PORT."
                        + " Set the secret's name, a colon and one of them");
        refuses("a/b:KEY", keysAndValues, "holds no text under KEY, but USER, JWT_SECRET, PORT");
        refuses("a/b:PORT", keysAndValues, "holds no text under PORT, but USER, JWT_SECRET, PORT");
        refuses("a/b:KEY", SECRET, "holds no keys and values in JSON, of which KEY could be one");
        assertThat(SecretPlace.parse("a/b").in(SECRET)).isEqualTo(SECRET);
        assertThat(SecretPlace.parse("a/b").in("{\"keys\":[]}")).isEqualTo("{\"keys\":[]}");
        assertThat(SecretPlace.parse("a/b").in("{\"kty\"")).isEqualTo("{\"kty\"");
    }

    @Test
    @DisplayName("does not rotate, and has no further versions behind it")
    void settings() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> RotationSettings.read(
                        new SettingsReader(Map.of("PLUGIN_JWT_SECRET_ID", "a/b:KEY", "PLUGIN_JWT_EXPIRES_IN", "30d"))))
                .withMessageContaining("names one value of a secret; only a secret that is a key ring rotates");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> VerificationSettings.read(
                        new SettingsReader(Map.of("PLUGIN_JWT_SECRET_ID", ARN + ":KEY:AWSPENDING:")),
                        SettingsTable.secrets()))
                .withMessageContaining("is neither the name nor the ARN of a secret");
    }

    private static void refuses(String place, String text, String problem) {
        assertThatThrownBy(() -> SecretPlace.parse(place).in(text))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage(problem)
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}

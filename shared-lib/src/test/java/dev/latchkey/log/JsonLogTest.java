package dev.latchkey.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.RecordingLogger;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A log of JSON records")
class JsonLogTest {

    private static final JsonObject NOTHING = new JsonObject(Map.of());

    private final RecordingLogger logger = new RecordingLogger();

    @ParameterizedTest(name = "format {0}, level {1}: {2}")
    @DisplayName("makes no record that Lambda would drop, and each that it may not")
    @CsvSource({
        "JSON,INFO,false,true,true",
        "JSON,DEBUG,true,true,true",
        "JSON,ERROR,false,false,true",
        "JSON,'',true,true,true",
        "JSON,loud,true,true,true",
        "Text,ERROR,true,true,true",
        "'',ERROR,true,true,true"
    })
    void levels(String format, String level, boolean debug, boolean info, boolean error) {
        JsonLog log = log(Map.of("AWS_LAMBDA_LOG_FORMAT", format, "AWS_LAMBDA_LOG_LEVEL", level));

        assertThat(log.writes(LogLevel.DEBUG)).isEqualTo(debug);
        assertThat(log.writes(LogLevel.INFO)).isEqualTo(info);
        assertThat(log.writes(LogLevel.ERROR)).isEqualTo(error);
        log.write(LogLevel.DEBUG, "one", NOTHING);
        assertThat(logger.lines()).hasSize(debug ? 1 : 0);
    }

    @Test
    @DisplayName("makes what auditors need whatever the level")
    void always() {
        log(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "FATAL"))
                .writeAlways(LogLevel.INFO, "audit", NOTHING);

        assertThat(logger.lines()).hasSize(1);
    }

    private JsonLog log(Map<String, String> environment) {
        return new JsonLog(logger, Clock.systemUTC(), environment);
    }
}

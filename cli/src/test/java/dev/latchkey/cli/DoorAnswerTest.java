package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.DoorAnswer.Verdict;
import dev.latchkey.cli.Functions.Invocation;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the authorizer made of a request")
class DoorAnswerTest {

    private static final String POLICY =
            "{\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":[\"arn:aws:execute-api:r:1:a/s/GET/b\"]}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"decision\":\"allow\"} | ALLOWED | let in",
                "nothing | ALLOWED | let in",
                "{\"decision\":\"deny\",\"reason\":\"missing_scope\"} | REFUSED | 403, missing_scope"
            })
    @DisplayName("is a refusal where a policy opens other routes than that of the call")
    void elsewhere(String log, Verdict verdict, String words) throws JsonSyntaxException {
        Invocation invocation = new Invocation(
                JsonReader.readObject(POLICY.getBytes(StandardCharsets.UTF_8), new JsonLimits(1000, 8)), false, log);
        DoorAnswer answer = DoorAnswer.of(invocation);
        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(answer.inWords()).isEqualTo(words);
    }
}

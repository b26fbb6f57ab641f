package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What docs/cost.md reckons with")
class CostTest {

    private static final Pattern BYTES =
            Pattern.compile("\"bytes of the record of an allowed call, with metrics\": ([0-9]+)");

    @Test
    @DisplayName("is as many bytes as the record of an allowed call has")
    void record() throws IOException {
        Matcher reckoned = BYTES.matcher(Files.readString(Path.of("../../scripts/prices.json")));
        assertThat(reckoned.find()).isTrue();
        TestAuthorizer authorizer =
                TestAuthorizer.with("AWS_LAMBDA_FUNCTION_NAME", "latchkey-AuthorizerFunction-aB1cD2eF3gH4");
        TestTokens token = TestTokens.good("HS256").claim("jti", "0199d0a1-5b6c-7d3e-8f90-1a2b3c4d5e6f");
        authorizer.token(token.hs256(TestKeys.SECRET));
        assertThat((double) authorizer.log.last().getBytes(StandardCharsets.UTF_8).length)
                .isCloseTo(Double.parseDouble(reckoned.group(1)), within(25.0));
        assertThat(authorizer.log.last()).contains("\"keyId\"", "\"Allowed\":1");
    }
}

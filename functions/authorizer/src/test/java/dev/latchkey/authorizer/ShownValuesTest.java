package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M1: What holds a token or a usage plan's key")
class ShownValuesTest {

    private static final String TOKEN = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private static final String USAGE = "goldgoldgoldgoldgold";

    @Test
    @DisplayName("M1: shows nothing of it as text")
    void shown() {
        assertThat(PresentedToken.ofHeader("Bearer " + TOKEN, "")).hasToString("token");
        assertThat(new RequestParts(new JsonObjectBuilder()
                        .put(
                                "headers",
                                new JsonObjectBuilder()
                                        .put("Authorization", TOKEN)
                                        .build())
                        .build()))
                .hasToString("request parts");
        assertThat(UsageKey.parse("plan: gold=" + USAGE)).hasToString("usage key from plan for [gold]");
        assertThat(new Decision.Allow("cus_1", List.of("arn/*"), Map.of("plan", "gold"), USAGE))
                .hasToString("allow [arn/*]");
    }
}

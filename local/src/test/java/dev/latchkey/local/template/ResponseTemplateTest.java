package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTemplateTest {

    @Test
    void putsInTheContextAndNothingForWhatIsNotThere() {
        assertThat(render(
                        "[$context.authorizer.user-id, $context.authorizer.x, $context.requestId$context.stage]",
                        Map.of("authorizer.user-id", "u", "requestId", "r", "stage", "s")))
                .isEqualTo("[u, , rs]");
    }

    @Test
    void escapesForJavaScriptAsAwsDoesIncludingTheSingleQuoteThatJsonDoesNotTake() {
        assertThat(render(
                        "$util.escapeJavaScript($context.authorizer.x)",
                        Map.of("authorizer.x", "a\"b\\c/d'e\n\u00e9\0")))
                .isEqualTo("a\\\"b\\\\c\\/d\\'e\\n\\u00E9\\u0000");
    }

    @Test
    void doesNotLookForReferencesInValues() {
        assertThat(render("$context.authorizer.x", Map.of("authorizer.x", "$context.stage", "stage", "prod")))
                .isEqualTo("$context.stage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$input.body",
                "$context.identity.sourceIp",
                "${context.stage}",
                "$!context.stage",
                "$context.authorizer.x.y",
                "$context.authorizer",
                "$context.authorizer.x.toString()",
                "$context.authorizer['x']",
                "$util.base64Encode($context.stage)",
                "$util.escapeJavaScript('x')",
                "costs 5$",
                "#set($x = 1)",
                "## comment",
            })
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> ResponseTemplate.parse(text, "the place"))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("the place: ");
    }

    private static String render(String template, Map<String, String> context) {
        return ResponseTemplate.parse(template, "here").render(context);
    }
}

package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows of the attack catalogue that the template, not the functions, answers. */
class TemplateAttacksTest {

    private static final Path FILE = Path.of("..", "template.yaml");

    @DisplayName("L1: every route that issues keys, of whatever API, wants a caller whom IAM knows")
    @Test
    void issuing() {
        Template template = Template.read(FILE, Map.of());
        List<Route> issuing = Stream.<Api>concat(template.apis().stream(), template.httpApis().stream())
                .flatMap(api -> api.routes().stream())
                .filter(route -> route.integration().equals(new Integration.LambdaProxy("IssueKeyFunction")))
                .toList();
        assertThat(template.httpApis()).isNotEmpty();
        assertThat(issuing)
                .hasSize(13)
                .allSatisfy(route -> assertThat(route.security()).isEqualTo(new Security.Iam()));
    }

    @DisplayName("L1: no function has an address of its own, past the API")
    @Test
    void functionUrls() throws IOException {
        assertThat(Files.readString(FILE)).doesNotContain("FunctionUrl").doesNotContain("AWS::Lambda::Url");
    }

    @DisplayName("K20: what anybody may ask of publish is throttled by parameters that have a default")
    @Test
    void throttlingOfPublish() throws IOException {
        assertThat(Files.readString(FILE))
                .containsPattern("ThrottlingRateLimit: !Ref PublishThrottlingRate\\s+"
                        + "ThrottlingBurstLimit: !Ref PublishThrottlingBurst")
                .containsPattern("(?s)  PublishThrottlingRate:\\s+Type: Number\\s[^\\n]*(\\n    [^\\n]*)*Default: \\d+")
                .containsPattern(
                        "(?s)  PublishThrottlingBurst:\\s+Type: Number\\s[^\\n]*(\\n    [^\\n]*)*Default: \\d+");
    }

    @DisplayName("L14: every method of both APIs' stages is throttled by parameters that have a default")
    @Test
    void throttling() throws IOException {
        assertThat(Files.readString(FILE))
                .containsPattern("(?s)ResourcePath: /\\*\\s+HttpMethod: \"\\*\"\\s+ThrottlingRateLimit: !Ref"
                        + " ThrottlingRate\\s+ThrottlingBurstLimit: !Ref ThrottlingBurst")
                .containsPattern("(?s)DefaultRouteSettings:\\s+ThrottlingRateLimit: !Ref ThrottlingRate\\s+"
                        + "ThrottlingBurstLimit: !Ref ThrottlingBurst")
                .containsPattern("(?s)  ThrottlingRate:\\s+Type: Number\\s[^\\n]*(\\n    [^\\n]*)*Default: \\d+")
                .containsPattern("(?s)  ThrottlingBurst:\\s+Type: Number\\s[^\\n]*(\\n    [^\\n]*)*Default: \\d+");
    }

    @DisplayName("H12: the sample route tells who is calling from the authorizer's answer and from no header")
    @Test
    void context() {
        List<Route> orders = Template.read(FILE, Map.of()).apis().get(0).routes().stream()
                .filter(route -> route.path().equals("/orders"))
                .toList();
        assertThat(orders)
                .hasSize(1)
                .allSatisfy(route -> assertThat(((Integration.Mock) route.integration()).template())
                        .contains("$context.authorizer.company_id")
                        .doesNotContain("$input"));
    }
}

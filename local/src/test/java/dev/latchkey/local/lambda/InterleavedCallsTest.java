package dev.latchkey.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.lambda.AuthorizerCalls.Call;
import dev.latchkey.local.machine.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of good and bad calls of one built authorizer, held against single calls: each the only one of its process. */
@Tag("long")
class InterleavedCallsTest {

    private static final int CALLS = 10_000;
    private static final List<String> NEUTRAL = List.of("-Duser.language=en", "-Dfile.encoding=UTF-8");
    private static final List<Call> KINDS = AuthorizerCalls.all();
    private static final List<Payload> SINGLE = new ArrayList<>();

    @BeforeAll
    static void callEachAlone() {
        for (Call call : KINDS) {
            try (FunctionProcess authorizer = authorizer(NEUTRAL)) {
                Payload answer = answer(authorizer, call);
                assertThat(answer.text()).as(call.name()).contains(call.answer());
                SINGLE.add(answer);
            }
        }
    }

    @DisplayName(
            "H15: 10,000 calls in turn get, byte for byte, the answers of single calls, in any locale and encoding")
    @ParameterizedTest(name = "{0}_{1}")
    @CsvSource({"tr,TR,''", "ar,EG,''", "th,TH,TH"})
    void interleaved(String language, String country, String variant) {
        List<String> flags = List.of(
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Duser.variant=" + variant,
                "-Dfile.encoding=ISO-8859-1");
        Random order = new Random(language.hashCode());
        try (FunctionProcess authorizer = authorizer(flags)) {
            for (int i = 0; i < CALLS; i++) {
                int kind = i < KINDS.size() ? i : order.nextInt(KINDS.size());
                Payload answer = answer(authorizer, KINDS.get(kind));
                if (!answer.equals(SINGLE.get(kind))) {
                    assertThat(answer.text())
                            .as("call %d, %s", i, KINDS.get(kind).name())
                            .isEqualTo(SINGLE.get(kind).text());
                }
            }
        }
    }

    private static FunctionProcess authorizer(List<String> flags) {
        return BuiltPackage.AUTHORIZER.process(AuthorizerCalls.settings(), flags, (from, stream, line) -> {});
    }

    private static Payload answer(FunctionProcess authorizer, Call call) {
        return authorizer.invoke("request", call.event().getBytes(UTF_8)).asPayload();
    }
}

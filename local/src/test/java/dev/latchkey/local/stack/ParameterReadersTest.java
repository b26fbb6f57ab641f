package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Q: A parameter that a function reads")
class ParameterReadersTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");
    private static final String AUTHORIZER = "AuthorizerFunction";
    private static final String ISSUE_KEY = "IssueKeyFunction";

    private enum Read {
        EXPIRES_IN("ExpiresIn", ISSUE_KEY, "PLUGIN_JWT_EXPIRES_IN", "1.5h", "30 days ago"),
        NO_TIME("ExpiresIn", ISSUE_KEY, "PLUGIN_JWT_EXPIRES_IN", "1", "0"),
        NEGATIVE_TIME("ExpiresIn", ISSUE_KEY, "PLUGIN_JWT_EXPIRES_IN", "2 days", "-1d"),
        MAX_EXPIRES_IN("MaxExpiresIn", ISSUE_KEY, "PLUGIN_JWT_MAX_EXPIRES_IN", "60d", "d"),
        MAX_LIFETIME("MaxLifetime", AUTHORIZER, "JWT_MAX_LIFETIME", ".5d", "1d2h"),
        STATUS_MAX_AGE("StatusMaxAge", AUTHORIZER, "JWT_STATUS_MAX_AGE", "24h", "soon"),
        SCOPE_ROUTES("ScopeRoutes", AUTHORIZER, "SCOPE_ROUTES", "a = GET /x, * /y/*; b = POST /", "GET /x"),
        CONTEXT_CLAIMS("ContextClaims", AUTHORIZER, "CONTEXT_CLAIMS", "a,b.c,d,e,f,g,h, i", "a,b,c,d,e,f,g,h,i"),
        ODD_CLAIM("ContextClaims", AUTHORIZER, "CONTEXT_CLAIMS", "x=https://a.example/b, /a/b", "$.a"),
        SCOPE_CLAIM("ScopeClaim", AUTHORIZER, "SCOPE_CLAIM", "scp, /realm_access/roles", "$.roles"),
        TOKEN_SOURCE("TokenSource", AUTHORIZER, "JWT_TOKEN_SOURCE", "header X-Api-Key, query key", "X-Api-Key"),
        USAGE_KEY(
                "UsageKey", AUTHORIZER, "USAGE_KEY", "custom:plan: gold=abcdefghijklmnopqrstuvwxyz", "plan, gold=KEY1"),
        ISSUERS(
                "Issuers",
                AUTHORIZER,
                "JWT_ISSUERS",
                "[{\"issuer\":\"https://b.example\",\"audience\":\"*\"}]",
                "{\"issuer\":\"https://b.example\"}"),
        JWKS_URI("JwksUri", AUTHORIZER, "JWKS_URI", "issuer.example/jwks?p=1", "http://issuer.example/jwks");

        private final String parameter;
        private final String function;
        private final String variable;
        private final String good;
        private final String bad;

        Read(String parameter, String function, String variable, String good, String bad) {
            this.parameter = parameter;
            this.function = function;
            this.variable = variable;
            this.good = good;
            this.bad = bad;
        }
    }

    @ParameterizedTest
    @DisplayName("Q1: is refused by the template where the function would refuse it, and taken where it is good")
    @EnumSource
    void pattern(Read read) {
        assertThat(Template.read(TEMPLATE, Map.of(read.parameter, read.good)).functions())
                .isNotEmpty();
        assertThatThrownBy(() -> Template.read(TEMPLATE, Map.of(read.parameter, read.bad)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("Parameter " + read.parameter + " must match ");
    }

    @Test
    @DisplayName("Q1: is taken by the function where the template takes it")
    void good() {
        for (String function : new String[] {AUTHORIZER, ISSUE_KEY}) {
            assertThat(started(function, read -> read.good)).isNotInstanceOf(InvocationResult.Crash.class);
        }
    }

    @ParameterizedTest
    @DisplayName("Q1: is refused by the function where the template refuses it")
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_TIME", "NEGATIVE_TIME", "ODD_CLAIM"})
    void bad(Read read) {
        assertThat(problems(read.function)).contains("- " + read.variable);
    }

    private static final Map<String, String> PROBLEMS = new LinkedHashMap<>();

    /** All at once, as a function tells every problem of its settings. */
    private static String problems(String function) {
        return PROBLEMS.computeIfAbsent(
                function,
                name -> started(name, read -> read.bad) instanceof InvocationResult.Crash crash
                        ? crash.message()
                        : "no problem");
    }

    private static InvocationResult started(String function, Function<Read, String> value) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PLUGIN_JWT_SECRET_ID", "");
        variables.put("PLUGIN_JWT_ALGORITHM", "");
        if (function.equals(ISSUE_KEY)) {
            variables.put("PLUGIN_JWT_SECRET", TestKeys.SECRET);
        }
        Stream.of(Read.values()).filter(read -> read.function.equals(function)).forEach(read -> {
            variables.putIfAbsent(read.variable, value.apply(read));
        });
        variables.put("JWT_ALGORITHMS", "RS256");
        if (function.equals(AUTHORIZER)) {
            variables.put("POLICY_SCOPE", "scoped");
        } else {
            variables.remove("JWT_ALGORITHMS");
        }
        StackOptions options = StackOptions.defaults().withEnvironment(Map.of(function, variables));
        try (LocalStack stack = LocalStack.start(Template.read(TEMPLATE, Map.of()), options, StackListener.none())) {
            return stack.function(function).orElseThrow().invoke("1", "{}".getBytes(StandardCharsets.UTF_8));
        }
    }
}

package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Routes by scope")
class ScopeRoutesTest {

    @Test
    @DisplayName("are entries separated by semicolons or line breaks, of which blank ones count for nothing")
    void entries() {
        ScopeRoutes routes = ScopeRoutes.parse(" ; a = GET /x,  * /y/* \n\n b=POST / ;");

        assertThat(routes.routes())
                .containsEntry("a", List.of("GET/x", "*/y/*"))
                .containsEntry("b", List.of("POST/"))
                .hasSize(2);
    }

    @Test
    @DisplayName("open each route once, in the order of the scopes, behind the stage of the call")
    void resources() {
        ScopeRoutes routes = ScopeRoutes.parse("a = GET /x, GET /y; b = GET /y, GET /z");
        MethodArn arn = MethodArn.parse(TestAuthorizer.ARN);
        String stage = arn.api() + "/" + arn.stage();

        assertThat(routes.resources(arn, List.of("b", "a")))
                .contains(List.of(stage + "/GET/y", stage + "/GET/z", stage + "/GET/x"));
        assertThat(routes.resources(arn, List.of("c"))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("tell which entry is wrong")
    @CsvSource(delimiter = '|', textBlock = """
            a             | entry 1 needs a scope, an equals sign and routes, such as orders:read = GET /orders/*
            a = GET /; b  | entry 2 needs a scope, an equals sign and routes, such as orders:read = GET /orders/*
            a = GET /; a = GET /x | the scope a has two entries. Join them by a comma
            a = GET /, x  | the scope a needs routes of a method, a space and a path
            ;             | names no routes
            """)
    void problems(String text, String problem) {
        assertThatThrownBy(() -> ScopeRoutes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    @DisplayName("H8: have at most 300 characters each, and 128 in a scope")
    void longestRoute() {
        String route = "GET /" + "x".repeat(295);
        String scope = "s".repeat(128);

        assertThat(ScopeRoutes.parse(scope + "=" + route).routes()).containsKey(scope);
        assertThatThrownBy(() -> ScopeRoutes.parse(scope + "=" + route + "x"))
                .hasMessageStartingWith("the scope " + scope + " needs routes");
        assertThatThrownBy(() -> ScopeRoutes.parse(scope + "s=" + route))
                .hasMessageStartingWith("entry 1 needs a scope");
    }

    @Test
    @DisplayName(
            "H8: fit into a policy of 8 KB up to 6,000 characters with their ARNs, over all scopes, and no further")
    void mostRoutes() {
        String first = "a = " + String.join(", ", Collections.nCopies(46, "GET /xxx"));
        String last = "; b = GET /" + "x".repeat(34);

        assertThat(ScopeRoutes.parse(first + last).routes()).hasSize(2);
        assertThatThrownBy(() -> ScopeRoutes.parse(first + last + "x"))
                .hasMessage("names more routes than fit into a policy of 8 KB");
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @DisplayName("cover a call as API Gateway's policies do")
    @CsvSource({
        "GET/orders, GET/orders, true",
        "GET/orders, GET/orders/1, false",
        "GET/orders/*, GET/orders/1/2, true",
        "GET/orders/*, GET/orders, false",
        "*/orders, POST/orders, true",
        "*/orders, POST/orders/x, false",
        "*/a/*/b*, GET/a/1/b, true",
        "*/a/*/b*, GET/a/1/c, false",
        "GET/a*a, GET/a, false",
        "GET/a*a, GET/aa, true",
        "$connect, $connect, true",
        "GET/orders, $connect, false"
    })
    void covers(String resource, String called, boolean covered) {
        MethodArn arn = MethodArn.parse("arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/" + called);

        assertThat(ScopeRoutes.cover(List.of(arn.api() + "/prod/" + resource), arn))
                .isEqualTo(covered);
    }
}

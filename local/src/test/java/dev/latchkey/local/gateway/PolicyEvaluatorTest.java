package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyEvaluatorTest {
    private static final String BASE = "arn:aws:execute-api:us-east-1:123456789012:api1";
    private static final String ORDERS = BASE + "/prod/GET/orders/7";

    @ParameterizedTest
    @CsvSource({
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/orders/7, ALLOW",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/*, ALLOW",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/*, ALLOW",
        "arn:aws:execute-api:us-east-1:123456789012:api1/*/GET/orders/?, ALLOW",
        "arn:aws:execute-api:us-east-1:123456789012:api1/*/7, ALLOW",
        "arn:aws:execute-api:*:*:api1/prod/*, ALLOW",
        "arn:aws:execute-api:*, ALLOW",
        "arn:*:7, DENY_IMPLICIT",
        "*, ALLOW",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/POST/orders/7, DENY_IMPLICIT",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/get/orders/7, DENY_IMPLICIT",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/orders/?7, DENY_IMPLICIT",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/orders/7/, DENY_IMPLICIT",
        "arn:aws:execute-api:us-east-1:123456789012:api1/prod/GET/orders, DENY_IMPLICIT",
        "arn:aws:execute-api:us-east-1:123456789012:api2/prod/*, DENY_IMPLICIT",
        "arn:aws:execute-api:us-*t-1:123456789012:api1/prod/*, ALLOW",
        "arn:aws:execute-api:us-*12:api1/prod/*, DENY_IMPLICIT",
        "arn:aws:execute-api?us-east-1:123456789012:api1/prod/*, DENY_IMPLICIT",
    })
    void aResourceCoversWhatItsWildcardsSay(String resource, PolicyDecision expected) {
        assertThat(PolicyEvaluator.evaluate(policy(allow(quote(resource))), ORDERS))
                .isEqualTo(expected);
    }

    @Test
    void aStarInThePathCrossesSlashesAndColons() {
        String policy = policy(allow(quote(BASE + "/prod/GET/*/end")));
        assertThat(PolicyEvaluator.evaluate(policy, BASE + "/prod/GET/a:b/c/end"))
                .isEqualTo(PolicyDecision.ALLOW);
        assertThat(PolicyEvaluator.evaluate(policy, BASE + "/prod/GET/a:b/c/ende"))
                .isEqualTo(PolicyDecision.DENY_IMPLICIT);
    }

    @ParameterizedTest
    @CsvSource({
        "execute-api:Invoke, ALLOW",
        "EXECUTE-API:invoke, ALLOW",
        "execute-api:*, ALLOW",
        "execute-api:Invok?, ALLOW",
        "*, ALLOW",
        "execute-api:InvalidateCache, DENY_IMPLICIT",
        "execute-api:Invok, DENY_IMPLICIT",
        "lambda:Invoke, DENY_IMPLICIT",
    })
    void anActionCoversInvokeInAnyCase(String action, PolicyDecision expected) {
        String statement =
                "{\"Effect\":\"Allow\",\"Action\":[\"s3:Get\",%s],\"Resource\":\"*\"}".formatted(quote(action));
        assertThat(PolicyEvaluator.evaluate(policy(statement), ORDERS)).isEqualTo(expected);
    }

    @Test
    void anExplicitDenyWinsWhereverItStands() {
        String deny =
                "{\"Effect\":\"Deny\",\"Action\":\"execute-api:Invoke\",\"Resource\":%s}".formatted(quote(ORDERS));
        assertThat(PolicyEvaluator.evaluate(policy(allow("\"*\"") + "," + deny), ORDERS))
                .isEqualTo(PolicyDecision.DENY_EXPLICIT);
        assertThat(PolicyEvaluator.evaluate(policy(deny + "," + allow("\"*\"")), ORDERS))
                .isEqualTo(PolicyDecision.DENY_EXPLICIT);
        assertThat(PolicyEvaluator.evaluate(policy(deny + "," + allow("\"*\"")), ORDERS + "0"))
                .isEqualTo(PolicyDecision.ALLOW);
    }

    @Test
    void anyOfSeveralResourcesAndStatementsIsEnough() {
        String second = allow("[" + quote(BASE + "/x/*") + "," + quote(ORDERS) + "]");
        assertThat(PolicyEvaluator.evaluate(policy(allow(quote(BASE + "/y/*")) + "," + second), ORDERS))
                .isEqualTo(PolicyDecision.ALLOW);
    }

    @Test
    void oneStatementMayStandWithoutAList() {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":%s}".formatted(allow("\"*\""));
        assertThat(PolicyEvaluator.evaluate(policy, ORDERS)).isEqualTo(PolicyDecision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"Version\":\"2012-10-17\"}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":[]}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":[1]}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":null}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"x\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Allow\",\"NotAction\":\"x\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"${aws:username}\"}]}",
                "{\"Version\":\"2012-10-17\",\"Statement\":"
                        + "[{\"Effect\":\"Deny\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
            })
    void aPolicyThatCannotBeEvaluatedIsAnErrorAndNeverAnAllow(String policy) {
        assertThatThrownBy(() -> PolicyEvaluator.evaluate(policy, ORDERS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResourceMayHave512CharactersAndNotOneMore() {
        String longest = "a".repeat(511) + "*";
        assertThat(PolicyEvaluator.evaluate(policy(allow(quote(longest))), ORDERS))
                .isEqualTo(PolicyDecision.DENY_IMPLICIT);
        assertThatThrownBy(() -> PolicyEvaluator.evaluate(policy(allow(quote("a" + longest))), ORDERS))
                .hasMessageContaining("512");
    }

    @Test
    void manyStarsDoNotMakeMatchingSlow() {
        String pattern = "*a".repeat(250) + "b";
        String arn = BASE + "/" + "a".repeat(1500);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(PolicyEvaluator.evaluate(policy(allow(quote(pattern))), arn))
                        .isEqualTo(PolicyDecision.DENY_IMPLICIT));
    }

    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statements);
    }

    private static String allow(String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":%s}".formatted(resource);
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}

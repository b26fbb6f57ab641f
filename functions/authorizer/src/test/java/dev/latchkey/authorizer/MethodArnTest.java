package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("H5: The ARN of a method")
class MethodArnTest {

    private static final String ACCOUNT = "arn:aws:execute-api:us-east-1:123456789012:";

    @Test
    @DisplayName("H5: has an API id of the first to the last letter and digit")
    void letters() {
        assertThat(MethodArn.parse(ACCOUNT + "azAZ09/prod/GET/").api()).isEqualTo(ACCOUNT + "azAZ09");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("H5: has no API id of their neighbours in ASCII")
    @ValueSource(strings = {"`", "{", "@", "[", ";", "."})
    void neighbours(String character) {
        assertThatThrownBy(() -> MethodArn.parse(ACCOUNT + "a" + character + "/prod/GET/"))
                .isExactlyInstanceOf(UnknownEventException.class);
    }
}

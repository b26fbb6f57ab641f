package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A verified token")
class VerifiedTokenTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("has the scopes of scope and scp, texts and lists, each once and in order")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "scope":"read write"                  | read,write
            "scope":" read  write "               | read,write
            "scope":"read read"                   | read
            "scope":["read","write all"]          | read,write,all
            "scp":"read"                          | read
            "scp":["read","write"]                | read,write
            "scope":"read","scp":["write","read"] | read,write
            "scope":["read",7,true]               | read,7,true
            "scope":[["read"],{},null]            | ^^
            "scope":{"read":true}                 | ^^
            "scope":null                          | ^^
            "scope":""                            | ^^
            "scopes":"read"                       | ^^
            """)
    void scopes(String members, String expected) {
        assertThat(String.join(",", token(members).scopes())).isEqualTo(expected);
    }

    @Test
    @DisplayName("names its company, user and key by their own claims")
    void ids() {
        VerifiedToken token = token("\"org_id\":\"company\",\"sub\":\"user\",\"jti\":\"key\"");

        assertThat(token.companyId()).contains("company");
        assertThat(token.userId()).contains("user");
        assertThat(token.keyId()).contains("key");
        assertThat(token).hasToString("verified token key");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("has no id where its claim is blank, in whichever spaces")
    @ValueSource(strings = {"", " ", "\u00a0", "\u2003 \u3000"})
    void blankIds(String blank) {
        VerifiedToken token = token("\"org_id\":\"" + blank + "\",\"sub\":\"" + blank + "x\"");

        assertThat(token.companyId()).isEmpty();
        assertThat(token.userId()).contains(blank + "x");
        assertThat(token.keyId()).isEmpty();
        assertThat(token).hasToString("verified token without jti");
    }

    private static VerifiedToken token(String members) {
        return Door.hs256()
                .accepts(TestTokens.good("HS256")
                        .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "," + members + "}")
                        .hs256(TestKeys.SECRET));
    }
}

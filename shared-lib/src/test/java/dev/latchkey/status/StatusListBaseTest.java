package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.http.UnusableAddressException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusListBaseTest {

    private static final StatusListBase BASE = new StatusListBase("https://keys.example/v1/");

    @Test
    void numbersOurLists() {
        assertThat(BASE.uri(1)).isEqualTo("https://keys.example/v1/statuslists/1");
        assertThat(BASE.aggregationUri()).isEqualTo("https://keys.example/v1/statuslists");
        assertThat(BASE.covers(BASE.uri(12))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://keys.example/v1/lists/A-b_c~d/3.jwt", "https://keys.example/v1/x"})
    void coversWhatLiesBehindIt(String uri) {
        assertThat(BASE.covers(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://keys.example/v1",
                "https://keys.example/v1/",
                "https://keys.example/v10/statuslists/1",
                "https://keys.example/v1/../statuslists/1",
                "https://keys.example/v1/./1",
                "https://keys.example/v1/a..b",
                "https://keys.example/v1/%2e%2e/1",
                "https://keys.example/v1/1?x=1",
                "https://keys.example/v1/1#x",
                "https://keys.example/v1\\@evil.example/1",
                "https://keys.example/v1/@evil.example",
                "https://keys.example/v1/1 ",
                "https://keys.example/v1/1\r\nHost: evil.example",
                "https://keys.example:443/v1/statuslists/1",
                "https://KEYS.example/v1/statuslists/1",
                "http://keys.example/v1/statuslists/1",
                "https://keys.example@evil.example/v1/statuslists/1",
                "https://evil.example/v1/statuslists/1",
                "/v1/statuslists/1",
                ""
            })
    @DisplayName("N2: covers nothing else")
    void coversNothingElse(String uri) {
        assertThat(BASE.covers(uri)).isFalse();
    }

    @Test
    void coversAddressesOfABoundedLength() {
        String uri = "https://keys.example/v1/";

        assertThat(BASE.covers(uri + "a".repeat(512 - uri.length()))).isTrue();
        assertThat(BASE.covers(uri + "a".repeat(513 - uri.length()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example",
                "keys.example",
                "https://u:p@keys.example",
                "https://keys.example/#x",
                "file:///x"
            })
    void isWhereSomethingMayBeFetched(String address) {
        assertThatExceptionOfType(UnusableAddressException.class).isThrownBy(() -> new StatusListBase(address));
    }

    @Test
    void hasNoQuery() {
        assertThatExceptionOfType(UnusableAddressException.class)
                .isThrownBy(() -> new StatusListBase("https://keys.example/?a=1"));
    }

    @Test
    void mayBePlainHttpOnThisMachine() {
        assertThat(new StatusListBase("http://127.0.0.1:3004").uri(1)).isEqualTo("http://127.0.0.1:3004/statuslists/1");
    }
}

package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageGuardTest {
    private static final String HOST = "127.0.0.1:3003";
    private final PageGuard guard = new PageGuard(3003);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:3003", "localhost:3003", "LocalHost:3003"})
    void thisMachinesOwnNamesMayBeAsked(String host) {
        assertThat(guard.refusal("GET", headers("Host", host), true)).isEmpty();
        assertThat(guard.refusal("POST", headers("Host", host, "Origin", "http://" + lower(host)), false))
                .isEmpty();
    }

    @DisplayName("T1: any other host is refused, even for files")
    @ParameterizedTest
    @ValueSource(
            strings = {"", "evil.example", "evil.example:3003", "127.0.0.1", "127.0.0.1:3000", "127.0.0.1.nip.io:3003"})
    void anyOtherHostIsRefusedEvenForFiles(String host) {
        assertThat(guard.refusal("GET", headers("Host", host), true))
                .contains("Host must be 127.0.0.1:3003 or localhost:3003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "http://localhost:3003",
                "https://127.0.0.1:3003",
                "http://127.0.0.1"
            })
    void anotherOriginIsRefusedWhateverTheMethod(String origin) {
        assertThat(guard.refusal("POST", headers("Host", HOST, "Origin", origin), false))
                .isPresent();
        assertThat(guard.refusal("GET", headers("Host", HOST, "Origin", origin), false))
                .isPresent();
    }

    @Test
    void aPostMustTellItsOriginAndAGetNeedNot() {
        assertThat(guard.refusal("POST", headers("Host", HOST), false)).isPresent();
        assertThat(guard.refusal("DELETE", headers("Host", HOST), false)).isPresent();
        assertThat(guard.refusal("GET", headers("Host", HOST), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"same-origin,true", "none,true", "same-site,false", "cross-site,false", "other,false"})
    void aRequestOfAnotherSitesPageIsRefused(String site, boolean passes) {
        assertThat(guard.refusal("GET", headers("Host", HOST, "Sec-Fetch-Site", site), false)
                        .isEmpty())
                .isEqualTo(passes);
        assertThat(guard.refusal("GET", headers("Host", HOST, "Sec-Fetch-Site", site), true))
                .as("a link to the page itself")
                .isEmpty();
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static Headers headers(String... pairs) {
        Headers headers = new Headers();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }
}

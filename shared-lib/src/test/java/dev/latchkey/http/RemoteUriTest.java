package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("J1: An address of keys")
class RemoteUriTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("J1: may be https, with or without saying so, and plain http to this machine")
    @CsvSource({
        "https://a.example/jwks,                https://a.example/jwks",
        "a.example/.well-known/jwks.json,       https://a.example/.well-known/jwks.json",
        "a.example:8443/jwks?p=b2c_1,           https://a.example:8443/jwks?p=b2c_1",
        "localhost:8080/jwks,                   https://localhost:8080/jwks",
        "HTTPS://a.example,                     HTTPS://a.example",
        "http://127.0.0.1:8080/jwks,            http://127.0.0.1:8080/jwks",
        "http://localhost/jwks,                 http://localhost/jwks",
        "http://[::1]:1/jwks,                   http://[::1]:1/jwks",
        "https://a.example/a@b,                 https://a.example/a@b"
    })
    void taken(String text, String uri) {
        assertThat(RemoteUri.read(text).uri()).hasToString(uri);
    }

    @ParameterizedTest
    @DisplayName("M9: shows everything but its query")
    @CsvSource({
        "https://a.example/jwks?code=secret,    https://a.example/jwks?…",
        "https://a.example?code=secret,         https://a.example?…",
        "https://a.example/jwks?,               https://a.example/jwks?…",
        "https://a.example/jwks,                https://a.example/jwks"
    })
    void shown(String text, String shown) {
        assertThat(RemoteUri.read(text)).hasToString(shown);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J1: may be nothing else: no plain http elsewhere, no other scheme, no user, fragment or odd host")
    @ValueSource(
            strings = {
                "http://a.example/jwks",
                "http://127.0.0.1.a.example/",
                "http://127.0.0.2/",
                "http://localhost.a.example/",
                "http://localhost@a.example/",
                "http://0.0.0.0/",
                "http://169.254.169.254/latest",
                "https://user@a.example/",
                "https://user:password@a.example/",
                "https://a.example@evil.example/",
                "user@a.example/jwks",
                "https://a.example/#keys",
                "https://a.example/jwks#",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "ftp://a.example/",
                "jar:https://a.example/a.jar!/b",
                "data:,{}",
                "https:///jwks",
                "https:/a.example",
                "https:a.example",
                "https://",
                "/jwks",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example:x/",
                "https://a_b.example/",
                "https://a.example\\@evil.example/",
                "https://a.example/\u0000",
                "https://a.example/ b",
                "https://b\u00fccher.example/",
                "https://a.example/\r\nX: y"
            })
    void refused(String text) {
        assertThatExceptionOfType(UnusableAddressException.class).isThrownBy(() -> RemoteUri.read(text));
        assertThatExceptionOfType(UnusableAddressException.class).isThrownBy(() -> RemoteUri.readAbsolute(text));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J1: names the host and port that are asked, and whether plainly")
    @CsvSource({
        "https://a.example,      a.example, 443,  false",
        "https://a.example:8443, a.example, 8443, false",
        "https://[2001:db8::1],  2001:db8::1, 443, false",
        "https://localhost,      localhost, 443,  false",
        "http://localhost/jwks,  localhost, 80,   true",
        "HTTP://127.0.0.1:1,     127.0.0.1, 1,    true",
        "http://[::1]:8080/jwks, ::1,       8080, true"
    })
    void parts(String text, String host, int port, boolean plain) {
        RemoteUri uri = RemoteUri.read(text);

        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.isPlain()).isEqualTo(plain);
    }

    @ParameterizedTest(name = "{0} characters")
    @DisplayName("J1: may be 2,048 characters long and no longer")
    @ValueSource(ints = {2048, 2049})
    void length(int length) {
        String text = "https://a.example/" + "a".repeat(length - 18);
        if (length == 2048) {
            assertThat(RemoteUri.read(text)).hasToString(text);
        } else {
            assertThatExceptionOfType(UnusableAddressException.class).isThrownBy(() -> RemoteUri.read(text));
        }
    }
}

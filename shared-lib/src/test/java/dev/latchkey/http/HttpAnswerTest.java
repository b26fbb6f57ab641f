package dev.latchkey.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("J6: An HTTP answer")
class HttpAnswerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final int MAX_HEAD = 16 * 1024;

    @ParameterizedTest(name = "{0}")
    @DisplayName("J6: is taken with any header beside, in any case, with line breaks of one or two characters")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nbody",
                "HTTP/1.1 200\r\n\r\nbody",
                "HTTP/1.0 200 OK\r\n\r\nbody",
                "HTTP/1.1 200 OK\n\nbody",
                "HTTP/1.1 200 OK\r\nX-A: b\r\nX-A: c\r\nEmpty:\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nCONTENT-LENGTH:4\r\n\r\nbody and more",
                "HTTP/1.1 200 OK\r\ncontent-encoding: Identity\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1;a=b\r\nb\r\n03 \r\nody\r\n0\r\n\r\n"
            })
    void taken(String answer) throws IOException {
        assertThat(body(answer, 100)).isEqualTo("body");
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("J6: is refused as soon as it is not what was asked for, with what came")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            HTTP/2 200 OK~~                                                         | no HTTP/1.1 answer
            HTTP/1.1 2000 OK~~                                                      | no HTTP/1.1 answer
            HTTP/1.1 204 No Content~~                                               | status 204
            HTTP/1.1 200 OK~X A: b~~                                                | a malformed header
            HTTP/1.1 200 OK~Content-Encoding: gzip~~                                | a compressed body, which was not asked for
            HTTP/1.1 200 OK~Transfer-Encoding: gzip~~                               | an unknown transfer encoding
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~ | an unknown transfer encoding
            HTTP/1.1 200 OK~Content-Length: 4~Content-Length: 4~~body               | a malformed length
            HTTP/1.1 200 OK~Content-Length: four~~body                              | a malformed length
            HTTP/1.1 200 OK~Content-Length: 0~Transfer-Encoding: chunked~~0~~       | a body of two lengths
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Length: 0~~0~~       | a body of two lengths
            HTTP/1.1 200 OK~Content-Length: 5~~body                                 | 4 of 5 bytes
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~x~body~0~~                  | a broken chunk
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~bodyguard~0~~             | a broken chunk
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~bod                       | a broken chunk
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~body~                     | an answer that ends early
            HTTP/1.1 200 OK~X-A: b                                                  | an answer that ends early
            ^^                                                                      | an answer that ends early
            """)
    void refused(String answer, String got) {
        refuses(answer.replace("~", "\r\n"), 100, got);
    }

    @ParameterizedTest(name = "{0} bytes")
    @DisplayName("J3: has a body of the most bytes and no byte more, however its length is told")
    @ValueSource(ints = {10, 11})
    void longestBody(int length) throws IOException {
        String body = "x".repeat(length);
        for (String answer : new String[] {
            OK + "\r\n" + body,
            OK + "Content-Length: " + length + "\r\n\r\n" + body,
            CHUNKED + Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n",
            CHUNKED + "4\r\nxxxx\r\n" + (length - 4) + "\r\n" + body.substring(4) + "\r\n0\r\n\r\n"
        }) {
            if (length == 10) {
                assertThat(body(answer, 10)).isEqualTo(body);
            } else {
                refuses(answer, 10, "more than 10 bytes");
            }
        }
    }

    @Test
    @DisplayName("J3: has 16 KiB of headers, and not a byte more")
    void longestHead() throws IOException {
        int used = "HTTP/1.1 200 OK\rX: \r\r".length();
        String longest = OK + "X: " + "y".repeat(MAX_HEAD - used);

        assertThat(body(longest + "\r\n\r\nbody", 100)).isEqualTo("body");
        refuses(longest + "y\r\n\r\nbody", 100, "more than 16384 bytes of headers");
    }

    @Test
    @DisplayName("J3: has 16 KiB of them again before each chunk")
    void longestChunkHead() throws IOException {
        String first = "4;" + "y".repeat(MAX_HEAD - "4;\r\r".length()) + "\r\nbody\r\n";

        assertThat(body(CHUNKED + first + first + "0\r\n\r\n", 100)).isEqualTo("bodybody");
        refuses(CHUNKED + first.replace("4;", "4;y") + "0\r\n\r\n", 100, "more than 16384 bytes of headers");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J6: of any status is given where that was asked for, without what goes before it")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            HTTP/1.1 200 OK~Content-Length: 2~~hi                                      | 200 | hi
            HTTP/1.1 201 Created~~hi                                                   | 201 | hi
            HTTP/1.1 204 No Content~Content-Length: 2~~hi                              | 204 | ^^
            HTTP/1.1 302 Found~Location: https://elsewhere.example/~~hi                | 302 | hi
            HTTP/1.1 304 Not Modified~~hi                                              | 304 | ^^
            HTTP/1.1 409 Conflict~Transfer-Encoding: chunked~~2~hi~0~~                 | 409 | hi
            HTTP/1.1 599 x~~hi                                                         | 599 | hi
            HTTP/1.1 100 Continue~~HTTP/1.1 103 x~Content-Length: 9~~HTTP/1.1 200~~hi  | 200 | hi
            """)
    void anyStatus(String answer, int status, String body) throws IOException {
        HttpReply reply = read(answer.replace("~", "\r\n"), 100, false);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(new String(reply.body(), ISO_8859_1)).isEqualTo(body);
        assertThat(reply.isGood()).isEqualTo(status < 300);
        assertThat(reply).hasToString("status " + status);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J6: of a status that there is not is refused, and so is a head without end before it")
    @ValueSource(strings = {"HTTP/1.1 099 x\r\n\r\n", "HTTP/1.1 600 x\r\n\r\n", "HTTP/1.1 100 x\r\n\r\n"})
    void noStatus(String answer) {
        String endless = answer.contains(" 100 ") ? answer.repeat(2000) : answer;
        assertThatExceptionOfType(HttpAnswer.Refused.class).isThrownBy(() -> read(endless, 100, false));
    }

    private static String body(String answer, int maxBytes) throws IOException {
        return new String(read(answer, maxBytes, true).body(), ISO_8859_1);
    }

    private static HttpReply read(String answer, int maxBytes, boolean onlyOk) throws IOException {
        return HttpAnswer.read(new ByteArrayInputStream(answer.getBytes(ISO_8859_1)), maxBytes, onlyOk);
    }

    private static void refuses(String answer, int maxBytes, String got) {
        assertThatExceptionOfType(HttpAnswer.Refused.class)
                .isThrownBy(() -> body(answer, maxBytes))
                .withMessage(got);
    }
}

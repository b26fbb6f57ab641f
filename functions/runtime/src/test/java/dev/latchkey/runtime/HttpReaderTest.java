package dev.latchkey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HttpReaderTest {
    private static final String FIXED = "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0003 ; x\r\nllo\r\n0\r\nT: u\r\n\r\n";
    private static final List<String> GOOD =
            List.of(FIXED, CHUNKED, "HTTP/1.0 200 OK\r\n\r\nhello", "HTTP/1.1 100 Continue\r\n\r\n" + FIXED);

    /** Bytes that come one by one, or in pieces of another length. */
    private static InputStream pieces(byte[] bytes, int length) {
        InputStream all = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] target, int offset, int most) throws IOException {
                return all.read(target, offset, Math.min(most, length));
            }
        };
    }

    private static HttpReply read(String text, int length) throws IOException {
        return new HttpReader(pieces(text.getBytes(StandardCharsets.ISO_8859_1), length)).read();
    }

    @Property(tries = 200)
    void readsAResponseHoweverItComes(@ForAll("good") String response, @ForAll @IntRange(min = 1, max = 90) int length)
            throws IOException {
        HttpReply reply = read(response, length);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().readAllBytes()).asString().isEqualTo("hello");
    }

    @Property(tries = 3000)
    void endsInAResponseOrAFailureWhateverComes(@ForAll("spoilt") byte[] bytes) {
        try {
            HttpReply reply = new HttpReader(pieces(bytes, 7)).read();
            assertThat(reply.status()).isBetween(200, 599);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).startsWith("The Runtime API ");
        }
    }

    @Example
    void refusesWhatIsNoResponse() {
        for (String bad : List.of(
                FIXED.replace("Content-Length: 5", "Content-Length: -5"),
                FIXED.replace("Content-Length: 5", "Content-Length: 5\r\nContent-Length: 6"),
                FIXED.replace("Content-Length: 5", "Content-Length: 99999999999999999999"),
                FIXED.replace("Content-Length: 5", "Content-Length: 8388609"),
                FIXED.replace("Content-Length: 5", "Content-Length: \u0665"),
                FIXED.replace("Content-Length: 5", "Content-Length: 6"),
                FIXED.replace("A: b", "A : b"),
                FIXED.replace("A: b", "no field"),
                FIXED.replace("A: b", "A: " + "b".repeat(70_000)),
                FIXED.replace("A: b", "A: b\r\n".repeat(101) + "C: d"),
                FIXED.replace("HTTP/1.1 200", "HTTP/2 200"),
                FIXED.replace("HTTP/1.1 200", "HTTP/1.1 2000"),
                FIXED.replace("\r\n", "\n"),
                CHUNKED.replace("chunked", "gzip, chunked"),
                CHUNKED.replace("0003", "0004"),
                CHUNKED.replace("0003", "7fffffff"),
                CHUNKED.replace("0003", ""),
                "HTTP/1.1 100 Continue\r\n\r\n".repeat(200) + FIXED,
                "")) {
            assertThatThrownBy(() -> read(bad, 100), bad.substring(0, Math.min(bad.length(), 200)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The Runtime API ");
        }
    }

    @Provide
    Arbitrary<String> good() {
        return Arbitraries.of(GOOD);
    }

    /** Good responses with a few bytes changed and their end cut off, and bytes of any kind. */
    @Provide
    Arbitrary<byte[]> spoilt() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 10_000);
        Arbitrary<Byte> value = Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.of((byte) '\r', (byte) '\n', (byte) ':', (byte) '9', (byte) 'f'));
        Arbitrary<byte[]> changed = Combinators.combine(good(), place, value, place, value, place)
                .as((text, first, one, second, two, end) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    bytes[first % bytes.length] = one;
                    bytes[second % bytes.length] = two;
                    return Arrays.copyOf(bytes, Math.max(bytes.length - end % (2 * bytes.length), bytes.length / 2));
                });
        return Arbitraries.oneOf(any, changed);
    }
}

package dev.latchkey.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server of keys on a loopback port that answers with exactly the bytes, and at the pace, that it is told. */
public final class HostileKeyServer implements AutoCloseable {

    /** How a request is answered; the connection is closed at its end. */
    public interface Answer {
        void give(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final AtomicInteger cut = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer answer = status(404, "");

    public HostileKeyServer() throws IOException {
        this(ServerSocketFactory.getDefault(), "http");
    }

    public HostileKeyServer(ServerSocketFactory sockets, String scheme) throws IOException {
        this.server = sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.scheme = scheme;
        threads.execute(this::acceptAll);
    }

    public String uri() {
        return uri("127.0.0.1", "/jwks");
    }

    public String uri(String host, String path) {
        return scheme + "://" + host + ":" + server.getLocalPort() + path;
    }

    /** The request lines that have come. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The header lines of all requests that have come. */
    public List<String> headers() {
        return List.copyOf(headers);
    }

    /** How many connections the other side closed before the answer's end. */
    public int cut() {
        return cut.get();
    }

    public HostileKeyServer answers(Answer next) {
        answer = next;
        return this;
    }

    /** A good answer: a JWK Set of these keys. */
    public static Answer keys(String... jwks) {
        return status(200, "{\"keys\":[" + String.join(",", jwks) + "]}");
    }

    /** An RSA public JWK. */
    public static String rsa(String kid, KeyPair pair) {
        return "{" + TestKeys.jwkMembers(pair) + ",\"kid\":\"" + kid + "\",\"use\":\"sig\"}";
    }

    public static Answer status(int status, String body) {
        return answer("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n", body.getBytes(UTF_8));
    }

    /** An answer of this status line and these headers, with the length of the body added. */
    public static Answer answer(String head, byte[] body) {
        return out -> {
            out.write((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
            out.write(body);
        };
    }

    /** The text, and then one more byte of it every 100 milliseconds for as long as somebody listens. */
    public Answer dribbling(String start, char then) {
        return out -> {
            out.write(start.getBytes(ISO_8859_1));
            out.flush();
            while (!closed.await(100, TimeUnit.MILLISECONDS)) {
                out.write(then);
                out.flush();
            }
        };
    }

    /** An answer that begins so late. */
    public Answer after(Duration wait, Answer late) {
        return out -> {
            if (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                late.give(out);
            }
        };
    }

    /** Nothing at all, until the server is closed. */
    public Answer silence() {
        return out -> closed.await();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String first = String.valueOf(in.readLine());
            String line = first;
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
                headers.add(String.valueOf(line));
            }
            requests.add(first);
            answer.give(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            cut.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        threads.shutdownNow();
    }
}

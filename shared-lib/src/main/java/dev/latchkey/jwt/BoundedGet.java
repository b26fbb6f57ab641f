package dev.latchkey.jwt;

import dev.latchkey.http.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP GET of a small document, within bounds that the other side cannot stretch: 500 ms to connect, 1.5 s in all,
 * 64 KiB. Redirects are not followed.
 *
 * <p>A thread of its own reads, so that the caller is free at the deadline, however slowly bytes come; the socket is
 * closed then, which ends the thread. Only a name server that does not answer can hold that thread longer.
 */
final class BoundedGet {

    /** The longest body. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration IN_ALL = Duration.ofMillis(1500);
    /** Longer than all, so that it is always the deadline that ends a slow answer. */
    private static final Duration READ = Duration.ofSeconds(3);

    private final RemoteUri uri;
    private final Socket socket;

    private BoundedGet(RemoteUri uri, Socket socket) {
        this.uri = uri;
        this.socket = socket;
    }

    /**
     * The body.
     *
     * @throws KeysUnavailableException if it cannot be had within the bounds; the message tells why
     */
    static byte[] body(RemoteUri uri) {
        try (Socket socket = new Socket()) {
            return new BoundedGet(uri, socket).bodyInTime();
        } catch (IOException e) {
            throw unavailable(uri, e.toString(), e);
        }
    }

    private byte[] bodyInTime() {
        FutureTask<byte[]> reading = new FutureTask<>(this::read);
        Thread thread = new Thread(reading, "latchkey-fetch");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(IN_ALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(uri, "no whole answer within " + IN_ALL.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(uri, "an interruption", e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw unavailable(
                    uri,
                    cause instanceof HttpAnswer.Refused ? String.valueOf(cause.getMessage()) : cause.toString(),
                    cause);
        }
    }

    private byte[] read() throws IOException {
        socket.setSoTimeout((int) READ.toMillis());
        socket.connect(new InetSocketAddress(uri.host(), uri.port()), (int) CONNECT.toMillis());
        Socket stream = uri.isPlain() ? socket : Tls.over(socket, uri.host(), uri.port());
        stream.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
        return HttpAnswer.body(stream.getInputStream(), MAX_BYTES);
    }

    private String request() {
        URI target = uri.uri();
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return "GET " + path + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()) + " HTTP/1.1\r\nHost: "
                + target.getRawAuthority() + "\r\nUser-Agent: latchkey\r\nAccept: application/jwk-set+json,"
                + " application/json\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
    }

    private static KeysUnavailableException unavailable(RemoteUri uri, String got, Throwable cause) {
        return new KeysUnavailableException(uri + " cannot be fetched, got " + got, cause);
    }
}

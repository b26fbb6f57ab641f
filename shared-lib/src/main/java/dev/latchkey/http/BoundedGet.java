package dev.latchkey.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP GET of a small document, within bounds that the other side cannot stretch: 500 ms to connect, a time for all
 * of it, a length. Redirects are not followed, and no proxy is used.
 *
 * <p>A thread of its own reads, so that the caller is free at the deadline, however slowly bytes come; the socket is
 * closed then, which ends the thread. Only a name server that does not answer can hold that thread longer.
 */
public final class BoundedGet {

    private static final Duration CONNECT = Duration.ofMillis(500);

    private final RemoteUri uri;
    private final Map<String, String> headers;
    private final Duration inAll;
    private final int maxBytes;
    private final Socket socket;

    private BoundedGet(RemoteUri uri, Map<String, String> headers, Duration inAll, int maxBytes, Socket socket) {
        this.uri = uri;
        this.headers = headers;
        this.inAll = inAll;
        this.maxBytes = maxBytes;
        this.socket = socket;
    }

    /**
     * The body.
     *
     * @param headers further headers, whose values hold no control characters; {@code Accept} among them
     * @param inAll the time from the first step to the last byte
     * @param maxBytes the longest body
     * @throws IOException if it cannot be had within the bounds; the message tells where it was sought and what came
     *     instead, and shows no header
     */
    public static byte[] body(RemoteUri uri, Map<String, String> headers, Duration inAll, int maxBytes)
            throws IOException {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            return new BoundedGet(uri, headers, inAll, maxBytes, socket).bodyInTime();
        }
    }

    private byte[] bodyInTime() throws IOException {
        FutureTask<byte[]> reading = new FutureTask<>(this::read);
        Thread thread = new Thread(reading, "latchkey-fetch");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(inAll.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable("no whole answer within " + inAll.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw unavailable(
                    cause instanceof HttpAnswer.Refused ? String.valueOf(cause.getMessage()) : cause.toString(), cause);
        }
    }

    private byte[] read() throws IOException {
        socket.connect(new InetSocketAddress(uri.host(), uri.port()), (int) CONNECT.toMillis());
        Socket stream = uri.isPlain() ? socket : Tls.over(socket, uri.host(), uri.port());
        stream.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
        return HttpAnswer.body(stream.getInputStream(), maxBytes);
    }

    private String request() {
        URI target = uri.uri();
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder request = new StringBuilder("GET ")
                .append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getRawAuthority())
                .append("\r\nUser-Agent: latchkey\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request.append(header.getKey())
                    .append(": ")
                    .append(header.getValue())
                    .append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private IOException unavailable(String got, Throwable cause) {
        return new IOException(uri + " cannot be fetched, got " + got, cause);
    }
}

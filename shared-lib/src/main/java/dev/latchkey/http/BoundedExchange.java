package dev.latchkey.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP request and its answer, within bounds that the other side cannot stretch: 500 ms to connect, a time for all of
 * it. Redirects are not followed, and no proxy is used.
 *
 * <p>A thread of its own writes and reads, so that the caller is free at the deadline, however slowly bytes come; the socket
 * is closed then, which ends the thread. Only a name server that does not answer can hold that thread longer.
 */
final class BoundedExchange {

    private static final Duration CONNECT = Duration.ofMillis(500);

    private final RemoteUri uri;
    private final byte[] request;
    private final String failed;
    private final int maxBytes;
    private final boolean onlyOk;

    private BoundedExchange(HttpCall call, String failed, int maxBytes, boolean onlyOk) {
        this.uri = call.uri();
        this.request = call.bytes();
        this.failed = failed;
        this.maxBytes = maxBytes;
        this.onlyOk = onlyOk;
    }

    /** The answer of any status. */
    static HttpReply send(HttpCall call, Duration inAll, int maxBytes) throws HttpFailedException {
        return new BoundedExchange(call, call + " failed", maxBytes, false).within(inAll);
    }

    /** The answer, whose status must be 200. */
    static HttpReply fetch(HttpCall call, Duration inAll, int maxBytes) throws HttpFailedException {
        return new BoundedExchange(call, call.uri() + " cannot be fetched", maxBytes, true).within(inAll);
    }

    private HttpReply within(Duration inAll) throws HttpFailedException {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            FutureTask<HttpReply> exchange = new FutureTask<>(() -> exchange(socket));
            Thread thread = new Thread(exchange, "latchkey-fetch");
            thread.setDaemon(true);
            thread.start();
            return exchange.get(inAll.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable("no whole answer within " + inAll.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw unavailable(
                    cause instanceof HttpAnswer.Refused ? String.valueOf(cause.getMessage()) : cause.toString(), cause);
        } catch (IOException e) {
            throw unavailable(e.toString(), e);
        }
    }

    private HttpReply exchange(Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(uri.host(), uri.port()), (int) CONNECT.toMillis());
        Socket stream = uri.isPlain() ? socket : Tls.over(socket, uri.host(), uri.port());
        stream.getOutputStream().write(request);
        return HttpAnswer.read(stream.getInputStream(), maxBytes, onlyOk);
    }

    private HttpFailedException unavailable(String got, Throwable cause) {
        return new HttpFailedException(failed, got, cause);
    }
}

package dev.latchkey.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection over HTTP/1.1 to a host and port, without a proxy. Where it was lost while it was kept, the request
 * goes once more over a new one.
 */
final class HttpConnection {
    private final String host;
    private final InetSocketAddress address;
    private @Nullable Socket socket;
    private @Nullable HttpReader reader;

    /**
     * Not connected yet.
     *
     * @param host name or IPv4 address, a colon, and the port
     * @throws IllegalArgumentException if it is not that
     */
    HttpConnection(String host) {
        int colon = host.lastIndexOf(':');
        if (!host.matches("[A-Za-z0-9.-]+:[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "AWS_LAMBDA_RUNTIME_API: needs a host and a port, such as 127.0.0.1:9001. Lambda sets it");
        }
        this.host = host;
        this.address = new InetSocketAddress(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
    }

    HttpReply get(String path) throws IOException {
        return exchange(request("GET", path, ""));
    }

    /**
     * Sends a body of JSON.
     *
     * @param headers further header lines, each with its end
     */
    HttpReply post(String path, String headers, byte[] body) throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n" + headers;
        byte[] head = request("POST", path, fields);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return exchange(message);
    }

    private byte[] request(String method, String path, String headers) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: latchkey\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private HttpReply exchange(byte[] message) throws IOException {
        if (socket != null) {
            try {
                return send(socket, message);
            } catch (IOException lost) {
                close();
            }
        }
        try {
            return send(connect(), message);
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(Proxy.NO_PROXY);
        socket = connected;
        connected.setTcpNoDelay(true);
        connected.connect(address);
        reader = new HttpReader(connected.getInputStream());
        return connected;
    }

    private HttpReply send(Socket to, byte[] message) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(message);
        HttpReader from = reader;
        if (from == null) {
            throw new IOException("not connected");
        }
        HttpReply reply = from.read();
        boolean delimited = reply.header("content-length") != null || reply.header("transfer-encoding") != null;
        if (!delimited || "close".equalsIgnoreCase(reply.header("connection"))) {
            close();
        }
        return reply;
    }

    private void close() throws IOException {
        Socket old = socket;
        socket = null;
        reader = null;
        if (old != null) {
            old.close();
        }
    }
}

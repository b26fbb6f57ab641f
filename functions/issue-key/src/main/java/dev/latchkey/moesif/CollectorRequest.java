package dev.latchkey.moesif;

import com.moesif.api.http.request.HttpBodyRequest;
import com.moesif.api.http.request.HttpMethod;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.http.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One POST to the collector over a connection of its own, which can be aborted at any point. Of the answer only the status
 * is read. Redirects are not followed.
 */
final class CollectorRequest extends HttpBodyRequest {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");
    private static final int MAX_LINE = 256;

    private final Socket socket = new Socket();

    CollectorRequest(String url, Map<String, String> headers, String body) {
        super(HttpMethod.POST, url, headers, body);
    }

    /**
     * Sends it and gives the answer's status.
     *
     * @throws IOException if there is no answer, or {@link #abort} was called
     */
    int send() throws IOException {
        try (socket) {
            RemoteUri target = RemoteUri.readAbsolute(getQueryUrl());
            socket.connect(new InetSocketAddress(target.host(), target.port()));
            Socket stream = target.isPlain() ? socket : Tls.over(socket, target.host(), target.port());
            OutputStream out = stream.getOutputStream();
            out.write(bytes(target.uri()));
            out.flush();
            return status(stream.getInputStream());
        }
    }

    /** Closes the connection, and keeps it from being opened; {@link #send} ends at once. */
    void abort() {
        try {
            socket.close();
        } catch (IOException closedAllTheSame) {
            return;
        }
    }

    private byte[] bytes(URI target) {
        byte[] body = getBody().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: "
                + target.getRawAuthority() + "\r\nUser-Agent: latchkey\r\nContent-Type: application/json; charset=utf-8"
                + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n");
        getHeaders()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\r' && b != '\n'; b = in.read()) {
            if (b < 0 || line.length() == MAX_LINE) {
                throw new IOException("no HTTP/1.1 answer");
            }
            line.append((char) b);
        }
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException("no HTTP/1.1 answer");
        }
        return Integer.parseInt(status.group(1));
    }
}

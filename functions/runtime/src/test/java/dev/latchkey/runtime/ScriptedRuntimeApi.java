package dev.latchkey.runtime;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** A Runtime API that says what a test tells it to, one answer for each request, and keeps what it was sent. */
final class ScriptedRuntimeApi implements Closeable {
    static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private int connections;

    /** Gives these answers; an empty one closes the connection instead, as does the end of them. */
    ScriptedRuntimeApi(String... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        Thread thread = new Thread(this::serve, "scripted");
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer with an event, and the id r1. */
    static String event(String event, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r1\r\n")
                .append("Lambda-Runtime-Deadline-Ms: 4102444800000\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer + "Content-Length: " + event.length() + "\r\n\r\n" + event;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The requests so far: method and path, then the header fields, an empty line and the body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized int connections() {
        return connections;
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                synchronized (this) {
                    connections++;
                }
                talk(socket);
            } catch (IOException over) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (true) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return;
                }
                request.append((char) c);
            }
            String length = request.toString().replaceFirst("(?s).*Content-Length: (\\d+).*|.*", "$1");
            byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
            requests.add(request + new String(body, StandardCharsets.UTF_8));
            String answer = answers.isEmpty() ? "" : answers.poll();
            if (answer.isEmpty()) {
                return;
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.latchkey.aws;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.aws.FaultingServer.Answer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the emulator: holds requests until so many are there, and then passes them on one at a time, since
 * DynamoDB's writes are atomic and the emulator's are not.
 */
final class Gathering implements AutoCloseable {

    private final CountDownLatch missing;
    private final FaultingServer server;
    private final Answer passedOn;

    Gathering(int size, String emulator) throws IOException {
        missing = new CountDownLatch(size);
        server = new FaultingServer();
        passedOn = server.passedOn(emulator);
        server.answers(this::answer);
    }

    String endpoint() {
        return server.endpoint();
    }

    /** Tells whether so many requests were there at once. */
    boolean isComplete() {
        return missing.getCount() == 0;
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        missing.countDown();
        if (missing.await(1, TimeUnit.SECONDS)) {
            pass(exchange);
        }
    }

    private synchronized void pass(HttpExchange exchange) throws IOException, InterruptedException {
        passedOn.give(exchange);
    }

    @Override
    public void close() {
        server.close();
    }
}

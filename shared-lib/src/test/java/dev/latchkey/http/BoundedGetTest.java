package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.HostileKeyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("J4: A bounded GET")
class BoundedGetTest {

    private final HostileKeyServer server;

    BoundedGetTest() throws IOException {
        server = new HostileKeyServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("J4: reads by a thread that keeps no runtime from its end")
    void daemon() throws InterruptedException {
        List<Boolean> daemons = new CopyOnWriteArrayList<>();
        server.answers(out -> {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("latchkey-fetch"))
                    .forEach(thread -> daemons.add(thread.isDaemon()));
            HostileKeyServer.status(200, "body").give(out);
        });

        Thread caller = new Thread(() -> {
            try {
                get(RemoteUri.read(server.uri()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        caller.setDaemon(false);
        caller.start();
        caller.join();
        assertThat(daemons).isNotEmpty().containsOnly(true);
    }

    @Test
    @DisplayName("J4: ends when its caller is interrupted, who stays interrupted")
    void interrupted() {
        server.answers(server.silence());
        RemoteUri uri = RemoteUri.read(server.uri());

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> get(uri))
                .isInstanceOf(IOException.class)
                .hasMessage(uri + " cannot be fetched, got an interruption");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static byte[] get(RemoteUri uri) throws IOException {
        return BoundedGet.body(uri, Map.of(), Duration.ofMillis(1500), 1000);
    }
}

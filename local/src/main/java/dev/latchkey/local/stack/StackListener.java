package dev.latchkey.local.stack;

import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.lambda.LogListener;

/** Hears what happens in a running stack, from several threads. */
public interface StackListener extends LogListener {

    /** A request to the API was answered. Comes in the order of the answers, soon after each. */
    void request(RequestRecord record);

    /** One that tells two. */
    static StackListener both(StackListener first, StackListener second) {
        return new StackListener() {
            @Override
            public void request(RequestRecord record) {
                first.request(record);
                second.request(record);
            }

            @Override
            public void line(String function, Stream stream, String line) {
                first.line(function, stream, line);
                second.line(function, stream, line);
            }
        };
    }

    /** One that does nothing. */
    static StackListener none() {
        return new StackListener() {
            @Override
            public void request(RequestRecord record) {}

            @Override
            public void line(String function, Stream stream, String line) {}
        };
    }
}

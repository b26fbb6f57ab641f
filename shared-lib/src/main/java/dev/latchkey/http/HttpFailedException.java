package dev.latchkey.http;

import java.io.IOException;

/** A request had no answer that is taken, though it may have been carried out. The message tells where it went. */
public final class HttpFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String got;

    HttpFailedException(String failed, String got, Throwable cause) {
        super(failed + ", got " + got, cause);
        this.got = got;
    }

    /** What came instead, without the address. */
    public String got() {
        return got;
    }
}

package dev.latchkey.cli.deployment;

import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** Takes what a function would log; what went wrong is told by exceptions. */
final class SilentLogger implements LambdaLogger {

    @Override
    public void log(String message) {
        // Nobody reads it.
    }

    @Override
    public void log(byte[] message) {
        // Nobody reads it.
    }
}

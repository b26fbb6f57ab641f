package dev.latchkey.aws;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sends the SDK's clients to the {@link Emulator} while the tests of a class run. */
public final class OverEmulator implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        AwsVariables.set(Emulator.endpoint());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        AwsVariables.clear();
    }
}

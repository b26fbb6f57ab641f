package dev.latchkey.gateways;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A secret in a header.
 *
 * @param header the header's name
 * @param scheme what stands before the secret, such as {@code Bearer} and a space; empty for nothing
 * @param setting where it may be set
 */
record HeaderCredential(String header, String scheme, Supplier<String> secret, Setting setting)
        implements AdminApi.Credential {

    @Override
    public Map<String, String> headers() {
        return Map.of(header, scheme + secret.get());
    }

    @Override
    public String remedy() {
        return "Set " + setting + " or " + Settings.GATEWAY_SECRET_ID + " to one that may do this";
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "a secret in the header " + header;
    }
}

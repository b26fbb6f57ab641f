package dev.latchkey.provisioning;

import org.jspecify.annotations.Nullable;

/**
 * A key as it is handed out, and its record.
 *
 * @param key the key, for the customer alone
 * @param record what is kept of it; null where nothing is
 */
public record IssuedKey(ApiKey key, @Nullable KeyRecord record) {}

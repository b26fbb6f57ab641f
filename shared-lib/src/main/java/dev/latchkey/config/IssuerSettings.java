package dev.latchkey.config;

import dev.latchkey.jwt.Expected;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.status.StatusListBase;
import org.jspecify.annotations.Nullable;

/**
 * One of several issuers.
 *
 * @param issuer its {@code iss}, which its tokens must have exactly
 * @param audience what {@code aud} must hold in its tokens
 * @param keys what signatures of its tokens are checked with
 * @param statusListBase where its status lists are; null for its own address
 */
public record IssuerSettings(
        String issuer,
        Expected audience,
        KeySource<KeySet> keys,
        @Nullable StatusListBase statusListBase) {}

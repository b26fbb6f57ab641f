package dev.latchkey.config;

import dev.latchkey.jwt.Expected;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;

/**
 * One of several issuers.
 *
 * @param issuer its {@code iss}, which its tokens must have exactly
 * @param audience what {@code aud} must hold in its tokens
 * @param keys what signatures of its tokens are checked with
 */
public record IssuerSettings(String issuer, Expected audience, KeySource<KeySet> keys) {}

/**
 * Keys: algorithms, how a key is written (PEM, JWK, a bare secret), rings and sets of keys, sets that are fetched, and what fits
 * what (RFC 7517, RFC 7518, RFC 8037). The only package that knows the Nimbus JOSE library.
 */
@NullMarked
package dev.latchkey.keys;

import org.jspecify.annotations.NullMarked;
